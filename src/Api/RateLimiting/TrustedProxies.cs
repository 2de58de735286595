using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.RateLimiting;

/// <summary>
/// <c>Conclude:TrustedProxies</c>: addresses and networks (<c>10.0.0.0/8</c>), a list or separated by commas, whose forwarded headers
/// count. Nobody else's do: a client could name any address.
/// </summary>
internal static class TrustedProxies
{
    public const string Setting = "Conclude:TrustedProxies";

    public static IServiceCollection AddTrustedProxies(this IServiceCollection services, IConfiguration configuration) =>
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.None;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var trusted in Read(configuration))
            {
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                // Every hop but the first must be a trusted one, so their number needs no limit.
                options.ForwardLimit = null;
                if (IPAddress.TryParse(trusted, out var address))
                {
                    options.KnownProxies.Add(address);
                }
                else if (System.Net.IPNetwork.TryParse(trusted, out var network))
                {
                    options.KnownIPNetworks.Add(network);
                }
                else
                {
                    throw new FormatException($"{Setting}: \"{trusted}\" is neither an address nor a network.");
                }
            }
        });

    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app) => app.UseForwardedHeaders();

    internal static IEnumerable<string> Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        return section.GetChildren().Select(static c => c.Value).Append(section.Value)
            .SelectMany(static v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
