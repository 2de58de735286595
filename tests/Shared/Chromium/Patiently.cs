namespace Conclude.Testing;

/// <summary>Waits for what no assertion of Playwright's looks at, as long as those wait.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(ChromiumFixture.Patience);

    public static Task Until(Func<bool> holds, Func<string> otherwise) => Until(() => Task.FromResult(holds()), otherwise);

    /// <param name="otherwise">What is told when it never holds.</param>
    public static async Task Until(Func<Task<bool>> holds, Func<string> otherwise)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, otherwise());
            await Task.Delay(25);
        }
    }

    /// <summary>What a page was asked to wait for has no end of its own.</summary>
    public static Task Patient(this Task seen) => seen.WaitAsync(Patience);

    public static Task<T> Patient<T>(this Task<T> seen) => seen.WaitAsync(Patience);
}
