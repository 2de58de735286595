namespace Conclude.Dashboard.Hosting;

/// <summary>
/// <c>Conclude:RateLimit</c>, of pages. An open page takes 1 to 3 MB here, and a password tried about a tenth of a second of a core: one client is
/// to take neither from everybody else. An office shares an address, so what an address may is for hundreds of people.
/// </summary>
public sealed class PageLimitOptions
{
    public const string Section = "Conclude:RateLimit";

    public bool Enabled { get; set; } = true;

    /// <summary>Live pages of one account at a time, in this process; 0 is unlimited.</summary>
    public int PagesPerAccount { get; set; } = 50;

    /// <summary>Live pages of one client address (IPv6: the /64 network) at a time, in this process; 0 is unlimited.</summary>
    public int PagesPerAddress { get; set; } = 500;

    /// <summary>Passwords and one-time links that a client address may try in a minute; 0 is unlimited. Half of it may come at once.</summary>
    public int SignInsPerAddressPerMinute { get; set; } = 120;
}
