namespace Conclude.Browser.Tests.Widget;

/// <summary>Runs the cases of one test beside one another, each with a browser profile of its own: most of a visit is waiting.</summary>
internal static class Together
{
    private const int AtOnce = 4;

    /// <summary>Fails with what was wrong in every case that failed, by its name.</summary>
    public static async Task Each<T>(IEnumerable<T> cases, Func<T, string> name, Func<T, Task> test)
    {
        var problems = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) =>
        {
            try
            {
                await test(one);
            }
            catch (Exception failed) when (failed is Xunit.Sdk.XunitException or Microsoft.Playwright.PlaywrightException or TimeoutException)
            {
                problems.Enqueue($"== {name(one)}: {failed.Message}");
            }
        });
        Assert.True(problems.IsEmpty, string.Join('\n', problems));
    }
}
