using Conclude.Ledger.Reading;

namespace Conclude.Ledger.Upkeep;

/// <summary>
/// Takes people out of what is counted. What is to be done is stored first, with the bounds of what was there; then prompts and events are
/// renamed batch by batch; then the note goes. Whatever ends in between, doing it again ends at the same.
/// </summary>
/// <param name="flush">Completes when all that was queued for writing before has been written.</param>
internal sealed class Erasure(IUpkeepStore store, TimeProvider time, int batchRows, TimeSpan pause, Func<Task> flush) : IAsyncDisposable
{
    private const int PageRows = 10_000;
    // Longer than anything waits to be written.
    private const long LateMs = 10 * 60_000;
    private readonly SemaphoreSlim _turn = new(1);

    private sealed record Note(long Workspace, string Key, string UserKey, string FreshKey, long EventsUntil, long PromptsUntil);

    private sealed record Found(Guid Id, string UserKey, string FreshKey);

    public async Task<EraseResult> Erase(string workspace, string userKey, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var keys = await store.Write(1, queries => Begin(queries, workspace, userKey));
            return keys == 0 ? new EraseResult(0, 0, 0) : await Finish(workspace, keys, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What an earlier process left undone.</summary>
    public async Task Resume(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var workspace in (await Notes(cancellation)).Select(static n => n.Key).Distinct(StringComparer.Ordinal))
            {
                await Finish(workspace, keys: 0, cancellation);
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

    /// <returns>How many keys the person had.</returns>
    private static int Begin(IQueries queries, string workspace, string userKey)
    {
        if (queries.Rows("workspace", static r => r.Long(0), workspace) is not [var id])
        {
            return 0;
        }
        queries.Rows("lock", static _ => true, id);
        string[] keys = [userKey, .. queries.Rows("linked_keys", static r => r.Text(0), id, userKey)];
        var (events, prompts) = queries.Rows("bounds", static r => (r.Long(0), r.Long(1)), id)[0];
        foreach (var key in keys)
        {
            queries.Run("delete_user", id, key);
            queries.Run("delete_links", id, key);
            queries.Run("add_erasure", id, key, UserKeys.Fresh(UserKeys.IsTest(key)), events, prompts);
        }
        queries.Run("raise_fence");
        return keys.Length;
    }

    private async Task<EraseResult> Finish(string workspace, int keys, CancellationToken cancellation)
    {
        Note[] notes = [.. (await Notes(cancellation)).Where(n => n.Key == workspace)];
        var prompts = 0L;
        foreach (var note in notes)
        {
            prompts += await ErasePrompts(note, cancellation);
        }
        var events = await EraseEvents(notes[0].Workspace, cancellation);
        // A fire that was on its way when this began carries the old key and an older time.
        await flush();
        var since = notes.Min(static n => n.EventsUntil) - LateMs;
        var late = await store.Read(q => q.Rows("late_events_to_erase", ReadFound, notes[0].Workspace, since), cancellation);
        events += await Rename(notes[0].Workspace, late, cancellation);
        await store.Write(1, queries => notes.Sum(n => queries.Run("end_erasure", n.Workspace, n.UserKey)));
        await Scrub(cancellation);
        return new EraseResult(keys, events, prompts);
    }

    private Task<List<Note>> Notes(CancellationToken cancellation) => store.Read(
        static q => q.Rows("erasures", static r => new Note(r.Long(0), r.Text(1), r.Text(2), r.Text(3), r.Long(4), r.Long(5))), cancellation);

    private async Task<long> ErasePrompts(Note note, CancellationToken cancellation)
    {
        for (var done = 0L; ;)
        {
            var erased = await store.Write(batchRows, queries =>
            {
                queries.Rows("lock", static _ => true, note.Workspace);
                return queries.Run("erase_prompts", note.Workspace, note.UserKey, note.FreshKey, note.PromptsUntil, batchRows);
            });
            done += erased;
            if (erased < batchRows)
            {
                return done;
            }
            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task<long> EraseEvents(long workspace, CancellationToken cancellation)
    {
        var (done, after) = (0L, Guid.Empty);
        while (true)
        {
            var from = after;
            var page = await store.Read(q => q.Rows("events_to_erase", ReadFound, workspace, from, PageRows), cancellation);
            done += await Rename(workspace, page, cancellation);
            if (page.Count < PageRows)
            {
                return done;
            }
            after = page[^1].Id;
        }
    }

    private async Task<long> Rename(long workspace, List<Found> events, CancellationToken cancellation)
    {
        var done = 0L;
        foreach (var batch in events.Chunk(batchRows))
        {
            done += await store.Write(batch.Length, queries => batch.Sum(e => queries.Run("erase_event", workspace, e.UserKey, e.FreshKey, e.Id)));
            await Task.Delay(pause, time, cancellation);
        }
        return done;
    }

    // Whoever reads a snapshot from before ends sooner or later; what is left then goes with the next opening.
    private async Task Scrub(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < 50 && !await store.Scrub(); attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellation);
        }
    }

    private static Found ReadFound(Query row) => new(row.Guid(0), row.Text(1), row.Text(2));
}
