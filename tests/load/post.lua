-- Every request comes from a browser that was never here: with a CSRF secret of its own, and a
-- token made from it as Django does (django/middleware/csrf.py: a mask, then the shifted secret).
local letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
local headers, body

function init(arguments)
  local file = io.open(arguments[1])
  body = file:read("*a")
  file:close()
  math.randomseed(tonumber(arguments[2]))
  headers = wrk.headers
  headers["Content-Type"] = "application/x-www-form-urlencoded"
end

local function letter(number)
  return letters:sub(number + 1, number + 1)
end

function request()
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
