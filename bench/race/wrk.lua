-- What wrk does in a race. After "--": a file of bearer tokens, one a line, or nothing for public reads. Each
-- request has the next token. The last line printed is one JSON object.
local requests = {}
local at = 0

function init(arguments)
  if not arguments[1] then
    return
  end
  for token in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", nil, {
      ["Host"] = wrk.headers["Host"],
      ["Authorization"] = "Bearer " .. token,
    })
  end
  -- Only now: wrk repeats one request, which costs it less, unless there is such a function.
  function request()
    at = at % #requests + 1
    return requests[at]
  end
end

function done(summary, latency, each)
  local seconds = summary.duration / 1e6
  local errors = summary.errors
  io.write(string.format(
    '{"count": %d, "rate": %.1f, "bytes": %d, "p50_ms": %.3f, "p95_ms": %.3f, "p99_ms": %.3f, '
      .. '"errors": %d}\n',
    summary.requests, summary.requests / seconds, summary.bytes, latency:percentile(50) / 1e3,
    latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
