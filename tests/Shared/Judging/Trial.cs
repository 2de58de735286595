using Conclude.Testing.Load;

namespace Conclude.Testing.Judging;

/// <summary>The judge's whole work on one host: answers, rows, what the API says, and the store's own recount.</summary>
internal static class Trial
{
    /// <param name="now">The server's time.</param>
    /// <param name="stop">Ends the host, for a store of one process.</param>
    public static async Task<List<string>> Hold(
        IStoreUnderTest store, HttpClient management, Journal journal, DateTimeOffset now, Func<Task> stop, bool clockStepped = false)
    {
        var (events, prompts) = (await store.Events(), await store.Prompts());
        List<string> complaints = [.. journal.Complaints, .. Judge.Answers(journal), .. Judge.Rows(journal, events, prompts, clockStepped)];
        complaints.AddRange(await new ApiTotals(management).Differences(events, prompts, now));
        if (store.IsOfOneProcess)
        {
            await stop();
        }

        complaints.AddRange(await store.Recount());
        return complaints;
    }
}
