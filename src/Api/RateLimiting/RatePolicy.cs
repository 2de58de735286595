using System.Globalization;

namespace Conclude.Api.RateLimiting;

/// <summary>
/// How fast a bucket fills and what it holds, and how both are told: as <c>RateLimit-Policy</c> and <c>RateLimit</c> of
/// draft-ietf-httpapi-ratelimit-headers. The texts are made once, at most <see cref="MaxTexts"/> of them: of larger quotas the rest is
/// told in steps, rounded down.
/// </summary>
/// <param name="name">In the headers.</param>
/// <param name="perSecond">Tokens a second.</param>
/// <param name="burst">Tokens that may be taken at once.</param>
internal sealed class RatePolicy(string name, int perSecond, int burst, TimeProvider time)
{
    private const int MaxTexts = 1_024;

    private readonly int _step = (burst / MaxTexts) + 1;
    private readonly string?[] _texts = new string?[(burst / ((burst / MaxTexts) + 1)) + 1];

    public int PerSecond => perSecond;

    /// <summary>Between two tokens, in the clock's ticks.</summary>
    public long Interval { get; } = Math.Max(1, time.TimestampFrequency / perSecond);

    /// <summary>How far a bucket may be from full and still give one.</summary>
    public long Tolerance => Interval * (burst - 1L);

    public string Policy { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={burst};w={Math.Max(1, burst / perSecond)}");

    /// <summary>What is left, and the seconds until all is there again.</summary>
    /// <param name="remaining">0 to the burst.</param>
    public string Left(int remaining) => _texts[remaining / _step] ??= Text(remaining / _step * _step);

    private string Text(int remaining) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={remaining};t={(burst - remaining + perSecond - 1) / perSecond}");
}
