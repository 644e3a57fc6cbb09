-- Asks the addresses of a file in turn and prints one line of figures.
local paths, index, headers = {}, 0, {}

function init(args)
  for line in io.lines(args[1]) do
    local path, etag = line:match("^(%S+)%s*(.*)$")
    table.insert(paths, { path, etag })
  end
  if args[2] and args[2] ~= "" then headers["Cookie"] = args[2] end
end

function request()
  index = index % #paths + 1
  local path, etag = paths[index][1], paths[index][2]
  headers["If-None-Match"] = etag ~= "" and etag or nil
  return wrk.format("GET", path, headers)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "FIGURES %.1f %.3f %.3f %.3f %d\n",
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
