-- The load of one wrk run: requests of the contract's POST /api/v1/widget/events, each event with an id of its own (UUIDv7: the
-- time in milliseconds, then chance, then this run's count, so that no two are alike). Texts have fixed widths, so the head of a
-- request is built once: wrk must not be what is measured.
-- Arguments: name=VALUE for key, event, names, users, user (prefix), events (a request), seed.
local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long us; } bench_time; int gettimeofday(bench_time *t, void *zone);")
local clock = ffi.new("bench_time")
local random, format, floor, concat = math.random, string.format, math.floor, table.concat

local arguments = { key = "", event = "event", names = "1", users = "10000", user = "user", events = "1", seed = "0" }
local names, users, events, each, count, head, event, tail, stamped, at = 1, 1, 1, false, 0, "", "", "", -1, ""
local parts = {}

function init(args)
  for _, arg in ipairs(args) do
    local name, value = arg:match("^(%w+)=(.*)$")
    arguments[name] = value
  end
  names, users, events = tonumber(arguments.names), tonumber(arguments.users), tonumber(arguments.events)
  -- users=0: each request another user.
  each = users == 0
  math.randomseed(tonumber(arguments.seed))
  count = 0
  local length = #request_body()
  count = 0
  head = "POST /api/v1/widget/events?key=" .. arguments.key .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: "
    .. length .. "\r\n\r\n"
end

function request_body()
  ffi.C.gettimeofday(clock, nil)
  local s, ms = tonumber(clock.s), tonumber(clock.us) / 1000
  if s ~= stamped then
    stamped = s
    at = os.date("!%Y-%m-%dT%H:%M:%SZ", s)
    tail = '","at":"' .. at .. '"}'
  end
  local now = s * 1000 + floor(ms)
  local high, low = floor(now / 65536), now % 65536
  for i = 1, events do
    count = count + 1
    local name = names == 1 and arguments.event or format("%s_%03d", arguments.event, random(1, names))
    parts[i] = format('{"id":"%08x-%04x-7%03x-%04x-%04x%08x","name":"', high, low, random(0, 4095), 32768 + random(0, 16383), random(0, 65535), count)
      .. name .. tail
  end
  local user = each and format("%s-%05d%08d", arguments.user, arguments.seed % 100000, count) or format("%s-%08d", arguments.user, random(1, users))
  return '{"user":{"anonymousId":"' .. user
    .. '"},"context":{"url":"https://app.acme.com/reports","locale":"en-GB","device":"desktop"},"events":[' .. concat(parts, ",", 1, events)
    .. '],"sentAt":"' .. at .. '"}'
end

function request()
  return head .. request_body()
end

function done(summary, latency)
  local e = summary.errors
  io.write(format('{"requests":%d,"microseconds":%d,"failed":%d,"p50":%d,"p99":%d,"max":%d}\n',
    summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
