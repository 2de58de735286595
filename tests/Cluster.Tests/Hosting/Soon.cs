using System.Diagnostics;

namespace Conclude.Cluster.Tests.Hosting;

/// <summary>Real processes are asked again until they say what is to be, or a deadline has passed.</summary>
internal static class Soon
{
    /// <returns>The last answer, right or not.</returns>
    public static async Task<T> Get<T>(Func<Task<T>> ask, Func<T, bool> isRight, TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var asked = Stopwatch.GetElapsedTime(started);
            var answer = await ask();
            if (isRight(answer) || asked > within)
            {
                return answer;
            }

            await Task.Delay(20);
        }
    }
}
