using Conclude.Bench.GroupCommit;
using Conclude.Bench.Handwritten;
using Conclude.Bench.Service;

// One statement, so one commit, for each request. SQLite has one writer at a time: its requests take turns.
await EventsService.Run(args, static async settings => settings.IsSqlite
    ? new Batcher(new SqliteBatches(settings), maxRequests: 1)
    : await PostgresPerRequest.Open(settings));
