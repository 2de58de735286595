namespace Conclude.Api.RateLimiting;

/// <summary>
/// <c>Conclude:RateLimit</c>. All visitors of an app share its publishable key, and all people of an office share an address,
/// so both defaults are far above what people do; they stop scripts. Bursts of <see cref="BurstSeconds"/> seconds' worth pass.
/// </summary>
public sealed class RateLimitOptions
{
    public const string Section = "Conclude:RateLimit";

    /// <summary>Seconds' worth of requests that may come at once.</summary>
    public const int BurstSeconds = 2;

    public bool Enabled { get; set; } = true;

    /// <summary>Requests a second and API key; 0 is unlimited.</summary>
    public int PerKeyPerSecond { get; set; } = 2_000;

    /// <summary>Requests a second and client address (IPv6: the /64 network); 0 is unlimited.</summary>
    public int PerAddressPerSecond { get; set; } = 1_000;
}
