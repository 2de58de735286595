namespace Conclude.Testing.Load;

/// <summary>One request and what came of it.</summary>
/// <param name="Started">Timestamp.</param>
/// <param name="Ended">Timestamp.</param>
/// <param name="Status">0 when the connection failed.</param>
/// <param name="Detail">The code of a refusal, or the failure of the connection.</param>
internal sealed record Answered(string What, long Started, long Ended, int Status, bool RetryAfter, string Detail)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public TimeSpan Took => System.Diagnostics.Stopwatch.GetElapsedTime(Started, Ended);
}
