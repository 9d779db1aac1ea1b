/* The answers are in, or were taken back: this device need not keep them any longer. */

import { forget } from "./kept.js";

for (const { dataset } of document.querySelectorAll("[data-sent]")) forget(dataset.sent);
