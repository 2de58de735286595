using Conclude.Bench.GroupCommit;
using Conclude.Bench.Service;

// What the store allows: everything that waits goes into one transaction, then all are answered.
await EventsService.Run(args, static settings => Task.FromResult<IEventStore>(
    new Batcher(settings.IsSqlite ? new SqliteBatches(settings) : new PostgresBatches(settings), maxRequests: int.MaxValue)));
