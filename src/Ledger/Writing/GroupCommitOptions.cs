namespace Conclude.Ledger.Writing;

/// <param name="MaxQueuedFires">Fires that may wait or be in work.</param>
/// <param name="MaxQueuedBytes">Bytes that may wait or be in work, estimated.</param>
/// <param name="MaxBatchFires">Fires in one transaction; a single larger operation is still taken whole.</param>
/// <param name="MaxWait">Where more than a batch waits, the first of them may have waited this long: a store that is slow, or away, has a shorter queue.</param>
internal sealed record GroupCommitOptions(int MaxQueuedFires, long MaxQueuedBytes, int MaxBatchFires, TimeSpan MaxWait);
