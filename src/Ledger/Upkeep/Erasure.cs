using Conclude.Ledger.Reading;
using Conclude.Ledger.Writing;

namespace Conclude.Ledger.Upkeep;

/// <summary>
/// Takes people out of what is counted. What is to be done is stored first, with the bounds of what was there; then a sweep renames prompts
/// and events; then the note goes. Whatever ends in between, doing it again ends at the same. Who asks while a sweep runs waits for the next
/// one, which takes all of their workspace together.
/// </summary>
/// <param name="erasing">Has whoever remembers these people let go of them.</param>
internal sealed class Erasure(
    IUpkeepStore store, ErasureSweep sweep, Scrubbing scrubbing, Func<string, IReadOnlyList<string>, CancellationToken, Task> erasing, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How soon it is seen that another process has ended its sweep, or has ended.</summary>
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly List<Request> _waiting = [];
    private readonly SemaphoreSlim _turn = new(1);

    private sealed class Request(string workspace)
    {
        public string Workspace => workspace;

        /// <summary>Empty until they are noted, and a while longer.</summary>
        public string[] Keys { get; set; } = [];

        /// <summary>Null until a sweep that began after the request has ended.</summary>
        public EraseResult? Result { get; set; }
    }

    public async Task<EraseResult> Erase(string workspace, string userKey, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Request request = new(workspace);
        lock (_gate)
        {
            _waiting.Add(request);
        }
        try
        {
            var keys = await store.Write(1, queries => Begin(queries, workspace, userKey));
            if (keys.Length == 0)
            {
                return new EraseResult(0, 0, 0);
            }
            await LetGo(workspace, keys, cancellation);
            lock (_gate)
            {
                request.Keys = keys;
            }
            await _turn.WaitAsync(cancellation);
            try
            {
                if (request.Result is null)
                {
                    // While another process has it, this sweep is none the worse.
                    using var turn = await store.TryTake(UpkeepTurn.Erasure, cancellation);
                    await Sweep(workspace, cancellation);
                }
            }
            finally
            {
                _turn.Release();
            }
            await scrubbing.Run(cancellation);
            return request.Result!;
        }
        finally
        {
            lock (_gate)
            {
                _waiting.Remove(request);
            }
        }
    }

    /// <summary>What an earlier process left undone; what another one is at is left to it for as long as it lives.</summary>
    public async Task Resume(CancellationToken cancellation)
    {
        if ((await sweep.Notes(cancellation)).Count == 0)
        {
            return;
        }
        using var turn = await Turn(cancellation);
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var notes in (await sweep.Notes(cancellation)).GroupBy(static n => n.Workspace, StringComparer.Ordinal))
            {
                await LetGo(notes.Key, [.. notes.Select(static n => n.UserKey)], cancellation);
                await Sweep(notes.Key, cancellation);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Once nothing can be written any more: waits for the end of what goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _turn.Dispose();
    }

    private async Task<IDisposable> Turn(CancellationToken cancellation)
    {
        while (true)
        {
            if (await store.TryTake(UpkeepTurn.Erasure, cancellation) is { } turn)
            {
                return turn;
            }
            await Task.Delay(LookAgainAfter, time, cancellation);
        }
    }

    /// <summary>Who remembered the person may have written of them until now: it is taken as if it had been there before.</summary>
    private async Task LetGo(string workspace, string[] keys, CancellationToken cancellation)
    {
        await erasing(workspace, keys, cancellation);
        await store.Write(1, queries =>
        {
            var id = queries.Rows("workspace", static r => r.Long(0), workspace)[0];
            queries.Rows("lock", static _ => true, id);
            Note(queries, id, keys);
            return true;
        });
    }

    private void Note(IQueries queries, long workspace, string[] keys)
    {
        var (events, prompts) = queries.Rows("bounds", static r => (r.Long(0), r.Long(1)), workspace)[0];
        // Up to now, not to the newest event: what was received and waits to be written belongs to it.
        events = Math.Max(events, UtcTime.Ms(time.GetUtcNow()));
        foreach (var key in keys)
        {
            queries.Run("delete_user", workspace, key);
            queries.Run("delete_links", workspace, key);
            // What waits to be sent says nothing of them from now on, whatever becomes of the sweep.
            queries.Run("erase_deliveries", workspace, key, prompts);
            queries.Run("add_erasure", workspace, key, UserKeys.Fresh(UserKeys.IsTest(key)), events, prompts);
        }
        queries.Run("raise_fence");
    }

    private async Task Sweep(string workspace, CancellationToken cancellation)
    {
        // In this order: what these have noted is read after it, and of whom else a note may be is known after that.
        Request[] together = [.. Waiting(workspace).Where(static r => r.Keys.Length > 0)];
        ErasureNote[] notes = [.. (await sweep.Notes(cancellation)).Where(n => n.Workspace == workspace)];
        if (Waiting(workspace).Except(together).Any())
        {
            // What the others are told is counted by a sweep of their own.
            notes = [.. notes.Where(n => Array.Exists(together, r => r.Keys.Contains(n.UserKey)))];
        }
        var touched = await sweep.Run(notes, cancellation);
        foreach (var request in together)
        {
            var (events, prompts) = (0L, 0L);
            foreach (var key in request.Keys)
            {
                var (ofKey, promptsOfKey) = touched.GetValueOrDefault(key);
                (events, prompts) = (events + ofKey, prompts + promptsOfKey);
            }
            request.Result = new EraseResult(request.Keys.Length, events, prompts);
        }
    }

    private Request[] Waiting(string workspace)
    {
        lock (_gate)
        {
            return [.. _waiting.Where(r => r.Workspace == workspace)];
        }
    }

    /// <returns>The keys that the person had; none when the workspace has stored nothing.</returns>
    private string[] Begin(IQueries queries, string workspace, string userKey)
    {
        if (queries.Rows("workspace", static r => r.Long(0), workspace) is not [var id])
        {
            return [];
        }
        queries.Rows("lock", static _ => true, id);
        string[] keys = [userKey, .. queries.Rows("linked_keys", static r => r.Text(0), id, userKey)];
        Note(queries, id, keys);
        return keys;
    }
}
