using System.Diagnostics;
using Conclude.Ledger.Reading;

namespace Conclude.Ledger.Upkeep;

/// <summary>
/// One pass over a workspace for all whose erasure is noted. Events know no index by person, which every insert would pay for, so the pass
/// looks at each of them: a page at a time, resting after it for as long as it took, so that whoever appends keeps most of the machine.
/// </summary>
/// <param name="pause">The shortest rest; zero for none at all.</param>
/// <param name="flush">Completes when all that was queued for writing before has been written.</param>
internal sealed class ErasureSweep(IUpkeepStore store, TimeProvider time, int batchRows, TimeSpan pause, Func<Task> flush)
{
    private const int PageRows = 10_000;

    // Longer than anything waits to be written; and how much of that is looked at in one go.
    private const long LateMs = 60_000;
    private const long LatePageMs = 5_000;

    private sealed record Found(Guid Id, string UserKey, string FreshKey);

    public Task<List<ErasureNote>> Notes(CancellationToken cancellation) => store.Read(
        static q => q.Rows("erasures", static r => new ErasureNote(r.Long(0), r.Text(1), r.Text(2), r.Text(3), r.Long(4), r.Long(5))), cancellation);

    /// <param name="notes">Of one workspace.</param>
    /// <returns>The events and prompts renamed of each key.</returns>
    public async Task<Dictionary<string, (long Events, long Prompts)>> Run(ErasureNote[] notes, CancellationToken cancellation)
    {
        var touched = notes.ToDictionary(static n => n.UserKey, static _ => (Events: 0L, Prompts: 0L), StringComparer.Ordinal);
        if (notes is not [{ WorkspaceId: var id }, ..])
        {
            return touched;
        }
        foreach (var note in notes)
        {
            touched[note.UserKey] = (0, await RenamePrompts(note, cancellation));
        }
        await RenameEvents(id, touched, cancellation);
        await RenameLateEvents(id, notes, touched, cancellation);
        // Who asked again for the same key meanwhile has moved the note's bounds, and it stays for the next sweep.
        await store.Write(1, queries =>
        {
            queries.Run("owe_scrub");
            return notes.Sum(n => queries.Run("end_erasure", id, n.UserKey, n.EventsUntil, n.PromptsUntil));
        });
        return touched;
    }

    private async Task<long> RenamePrompts(ErasureNote note, CancellationToken cancellation)
    {
        for (var done = 0L; ;)
        {
            var erased = await store.Write(batchRows, queries =>
            {
                queries.Rows("lock", static _ => true, note.WorkspaceId);
                // Once more: they may have answered between the note and now.
                queries.Run("erase_deliveries", note.WorkspaceId, note.UserKey, note.PromptsUntil);
                return queries.Run("erase_prompts", note.WorkspaceId, note.UserKey, note.FreshKey, note.PromptsUntil, batchRows);
            });
            done += erased;
            if (erased < batchRows)
            {
                return done;
            }
            await Rest(TimeSpan.Zero, cancellation);
        }
    }

    private async Task RenameEvents(long workspace, Dictionary<string, (long Events, long Prompts)> touched, CancellationToken cancellation)
    {
        for (var after = Guid.Empty; ;)
        {
            var (from, started) = (after, Stopwatch.GetTimestamp());
            var page = await store.Read(q => q.Rows("events_to_erase", static r => (r.Guid(0), Read(r)), workspace, from, PageRows), cancellation);
            if (page is not [.., (var last, _)])
            {
                return;
            }
            after = last;
            var took = Stopwatch.GetElapsedTime(started);
            await Rename(workspace, page.Select(static row => row.Item2), touched, cancellation);
            await Rest(took, cancellation);
        }
    }

    // A fire that was on its way when this began carries the old key and an older time, and its id may be before any page's.
    private async Task RenameLateEvents(long workspace, ErasureNote[] notes, Dictionary<string, (long Events, long Prompts)> touched, CancellationToken cancellation)
    {
        await flush();
        var looked = long.MinValue;
        foreach (var until in notes.Select(static n => n.EventsUntil).Distinct().Order())
        {
            for (var from = Math.Max(looked, until - LateMs); from <= until; from += LatePageMs)
            {
                var (since, started) = (from, Stopwatch.GetTimestamp());
                looked = since + LatePageMs;
                var page = await store.Read(q => q.Rows("late_events_to_erase", static r => Read(r), workspace, since, since + LatePageMs), cancellation);
                var took = Stopwatch.GetElapsedTime(started);
                await Rename(workspace, page, touched, cancellation);
                await Rest(took, cancellation);
            }
        }
    }

    private async Task Rename(long workspace, IEnumerable<Found?> events, Dictionary<string, (long Events, long Prompts)> touched, CancellationToken cancellation)
    {
        // Notes that came while this runs have a sweep of their own, which counts what it does.
        foreach (var batch in events.OfType<Found>().Where(e => touched.ContainsKey(e.UserKey)).Chunk(batchRows))
        {
            var renamed = await store.Write(
                batch.Length, queries => batch.Select(e => queries.Run("erase_event", workspace, e.UserKey, e.FreshKey, e.Id)).ToArray());
            foreach (var (e, rows) in batch.Zip(renamed))
            {
                var (done, prompts) = touched[e.UserKey];
                touched[e.UserKey] = (done + rows, prompts);
            }
            await Rest(TimeSpan.Zero, cancellation);
        }
    }

    private Task Rest(TimeSpan took, CancellationToken cancellation) =>
        Task.Delay(pause > TimeSpan.Zero && took > pause ? took : pause, time, cancellation);

    private static Found? Read(Query row) => row.TextOrNull(2) is { } fresh ? new Found(row.Guid(0), row.Text(1), fresh) : null;
}
