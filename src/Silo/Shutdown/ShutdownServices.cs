using System.Globalization;

namespace Conclude.Silo.Shutdown;

internal static class ShutdownServices
{
    private const string Drain = ShutdownOptions.Section + ":" + nameof(ShutdownOptions.DrainSeconds);

    /// <summary>As long as proxies that look every second or two need to look twice.</summary>
    private const int UsualDrainSeconds = 5;

    /// <summary>
    /// A client that began a request and never ends it would hold the process for the host's own 30 seconds. Requests that are answered
    /// take milliseconds, and what was acknowledged is committed, so nothing is lost with the slow ones. Counted after the drain.
    /// </summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

    /// <exception cref="InvalidSettingException">The drain is no whole number of seconds, 0 to 300.</exception>
    public static void AddShutdown(this WebApplicationBuilder builder)
    {
        var seconds = builder.Configuration[Drain] switch
        {
            null or "" => builder.Environment.IsDevelopment() ? 0 : UsualDrainSeconds,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var set) && set <= ShutdownOptions.MaxDrainSeconds => set,
            _ => throw new InvalidSettingException(Drain + " must be a whole number of seconds, 0 to 300."),
        };
        builder.Services.Configure<ShutdownOptions>(options => options.DrainSeconds = seconds);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = StopWithin);
        builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();
    }
}
