using System.Net;
using System.Net.Sockets;

namespace Conclude.Silo.Engines.Orleans;

/// <summary>Where this silo is in its cluster: the section <c>Conclude:Cluster</c>.</summary>
internal sealed class ClusterSettings
{
    private const string Section = "Conclude:Cluster";
    private const int MaxClusterId = 100;

    /// <summary>Silos with the same id on the same database are one cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The address under which other silos reach this one.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The port under which other silos reach this one.</summary>
    public required int SiloPort { get; init; }

    /// <summary>For clients of the cluster that are no silos; 0 opens none, for the product has none.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>Where this silo listens, when that is not where it is reached: behind a translated address or a forwarded port.</summary>
    public IPEndPoint? Listen { get; init; }

    public GrainPlacement Placement { get; init; }

    /// <exception cref="InvalidSettingException">One of them cannot be used.</exception>
    public static ClusterSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var siloPort = Port(section, "SiloPort", min: 1, otherwise: 11111);
        return new ClusterSettings
        {
            ClusterId = Id(section),
            Address = AddressOf(section),
            SiloPort = siloPort,
            GatewayPort = Port(section, "GatewayPort", min: 0, otherwise: 0) is var gateway && gateway != siloPort
                ? gateway
                : throw new InvalidSettingException($"{Section}:GatewayPort must not be the SiloPort."),
            Placement = section["Placement"] switch
            {
                null or "" or "anywhere" => GrainPlacement.Anywhere,
                "beside" => GrainPlacement.Beside,
                _ => throw new InvalidSettingException($"{Section}:Placement must be anywhere or beside."),
            },
            Listen = section["Listen"] is not { Length: > 0 } listen ? null
                : IPEndPoint.TryParse(listen, out var at) && at.Port > 0 ? at
                : throw new InvalidSettingException($"{Section}:Listen must be an IP address and a port, such as 0.0.0.0:11111."),
        };
    }

    private static string Id(IConfigurationSection section) => section["ClusterId"] switch
    {
        null or "" => "conclude",
        { Length: <= MaxClusterId } id when id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') => id,
        _ => throw new InvalidSettingException($"{Section}:ClusterId must be 1–{MaxClusterId} of letters, digits, - _ and dots."),
    };

    private static int Port(IConfigurationSection section, string name, int min, int otherwise) => section[name] switch
    {
        null or "" => otherwise,
        var text when ushort.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var port) && port >= min => port,
        _ => throw new InvalidSettingException($"{Section}:{name} must be a port, {min}–65535."),
    };

    private static IPAddress AddressOf(IConfigurationSection section)
    {
        var given = section["Address"] is { Length: > 0 } set ? set : null;
        try
        {
            IPAddress[] found = given is not null && IPAddress.TryParse(given, out var exact) ? [exact] : Dns.GetHostAddresses(given ?? Dns.GetHostName());
            IPAddress[] usable = [.. found.Where(static a => !a.Equals(IPAddress.Any) && !a.Equals(IPAddress.IPv6Any) && !a.IsIPv6LinkLocal)];
            return usable.OrderBy(static a => IPAddress.IsLoopback(a)).ThenBy(static a => a.AddressFamily != AddressFamily.InterNetwork).FirstOrDefault()
                ?? throw new InvalidSettingException($"{Section}:Address must be an address that other silos can reach.");
        }
        catch (SocketException unknown)
        {
            throw new InvalidSettingException(
                given is null ? $"{Section}:Address must be set: this machine's name has no address." : $"{Section}:Address is neither an IP address nor a name that is known here.",
                unknown);
        }
    }
}
