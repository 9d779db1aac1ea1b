-- What wrk does besides repeating a GET: a POST where a body is given, and a percentile more.
--
-- Every POST comes from a browser that was never here: with a CSRF secret of its own, and a
-- token made from it as Django does (django/middleware/csrf.py: a mask, then the shifted secret).
local letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
local headers, body

local function letter(number)
  return letters:sub(number + 1, number + 1)
end

local function post()
  local secret, mask, shifted = {}, {}, {}
  for place = 1, 32 do
    local one, other = math.random(0, #letters - 1), math.random(0, #letters - 1)
    secret[place] = letter(one)
    mask[place] = letter(other)
    shifted[place] = letter((one + other) % #letters)
  end
  headers["Cookie"] = "csrftoken=" .. table.concat(secret)
  local token = table.concat(mask) .. table.concat(shifted)
  return wrk.format("POST", nil, headers, (body:gsub("%%TOKEN%%", token)))
end

function init(arguments)
  if not arguments[1] then
    return
  end
  local file = io.open(arguments[1])
  body = file:read("*a")
  file:close()
  math.randomseed(tonumber(arguments[2]))
  headers = wrk.headers
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  request = post
end

function done(summary, latency, requests)
  io.write(string.format("     95%%  %.2fus\n", latency:percentile(95.0)))
end
