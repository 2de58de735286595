using System.Reflection;

namespace Conclude.Api.Health;

/// <summary>How this process is: <c>live</c> or <c>ready</c>.</summary>
/// <param name="Version">Of the program that it runs.</param>
internal sealed record HealthJson(string Status, string Version)
{
    private static readonly string Running = typeof(HealthJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static HealthJson Live { get; } = new("live", Running);

    public static HealthJson Ready { get; } = new("ready", Running);
}
