using System.Text.Json.Serialization;
using Conclude.Api.Audit;
using Conclude.Api.Demo;
using Conclude.Api.Health;
using Conclude.Api.Idempotency;
using Conclude.Api.Json;
using Conclude.Api.Keys;
using Conclude.Api.Members;
using Conclude.Api.Moments;
using Conclude.Api.ObservedEvents;
using Conclude.Api.OpenApi;
using Conclude.Api.Operators;
using Conclude.Api.RateLimiting;
using Conclude.Api.Responses;
using Conclude.Api.Settings;
using Conclude.Api.Usage;
using Conclude.Api.Users;
using Conclude.Api.Webhooks;
using Conclude.Api.Widget;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Conclude.Api;

/// <summary>The HTTP API, the widget's script, the demo, health and the OpenAPI document.</summary>
public static class ConcludeApi
{
    public static IServiceCollection AddConcludeApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateLimitOptions>().Bind(configuration.GetSection(RateLimitOptions.Section))
            .Validate(static o => o is { PerKeyPerSecond: >= 0, PerAddressPerSecond: >= 0 }, RateLimitOptions.Section + ": PerKeyPerSecond and PerAddressPerSecond must be 0 (unlimited) or more.");
        services.AddOptions<OperatorOptions>().Bind(configuration.GetSection(OperatorOptions.Section))
            .Validate(static o => o.Token is not { Length: > 0 and < OperatorOptions.MinTokenLength }, $"{OperatorOptions.Section}:Token must be at least {OperatorOptions.MinTokenLength} characters: `openssl rand -hex 32` makes one.");
        services.AddOptions<DemoOptions>().Configure<IHostEnvironment>((demo, environment) =>
        {
            demo.Enabled = configuration.GetValue("Conclude:Demo", environment.IsDevelopment());
            demo.Workspace = configuration["Conclude:Bootstrap:Workspace"] is { Length: > 0 } workspace ? workspace : demo.Workspace;
        });
        services.Configure<KestrelServerOptions>(Limit);
        services.ConfigureHttpJsonOptions(static json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, WidgetJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.Converters.Add(new InstantConverter());
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        // It only tells of requests that begin and end, at Information, each with its query and with it the key. Silent altogether it
        // also makes no activity and no log scope for each request, unless somebody listens to its activities.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // At Debug the web server repeats a request line that it cannot read, and with it the key.
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None));
        // Of this host alone: what else its domain serves is not ours to decide.
        services.AddHsts(static hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.AddAuthentication();
        services.Configure<AuthenticationOptions>(static o => o.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.Scheme, displayName: null));
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddTrustedProxies(configuration)
            .AddTransient<ApiKeyAuthentication>()
            .AddSingleton<KeyDirectory>()
            .AddSingleton<RateLimiter>()
            .AddSingleton<IdempotentRequests>()
            .AddSingleton<OperatorDoor>()
            .AddSingleton<ToldIdentities>()
            .AddSingleton<EventDelivery>()
            .AddSingleton<EventsEndpoint>()
            .AddSingleton<PromptSteps>()
            .AddSingleton<Readiness>()
            .AddSingleton<Erasures>()
            .AddSingleton<LiveConnections>()
            .AddSingleton<LiveFeed>()
            .AddApiDocument();
    }

    /// <summary>Call before anything that handles errors or requires sign-in: requests under <c>/api</c> are this middleware's alone.</summary>
    public static IApplicationBuilder UseConcludeApi(this IApplicationBuilder app) =>
        app.UseTrustedProxies().UseHsts().UseMiddleware<ApiEntrance>();

    public static void MapConcludeApi(this IEndpointRouteBuilder routes)
    {
        // The entrance has let the request in already; a sign-in that the host requires elsewhere is not asked for here.
        var api = routes.MapGroup("").AllowAnonymous().TakingIdempotencyKeys();
        api.MapWidget();
        api.MapMoments();
        api.MapResponses();
        api.MapObservedEvents();
        api.MapBlockedNames();
        api.MapMembers();
        api.MapSettings();
        api.MapKeys();
        api.MapUsage();
        api.MapAudit();
        api.MapUsers();
        api.MapWebhooks();
        routes.MapWidgetScript();
        routes.MapDemo();
        routes.MapHealth();
        routes.MapApiDocument();
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
