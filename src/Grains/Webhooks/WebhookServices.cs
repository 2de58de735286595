using Conclude.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Conclude.Grains.Webhooks;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section)
            .Validate(static o => o.Ports.All(static p => p is > 0 and <= 65_535), WebhookOptions.Section + ":Ports: each must be 1 to 65535.");
        services.TryAddSingleton<IHostResolver, SystemResolver>();
        // Its own loggers tell every address, which may hold a secret of the receiver's.
        services.AddHttpClient(WebhookClient.Name).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(static s => WebhookClient.Handler(s.GetRequiredService<WebhookDestinations>()));
        return services
            .AddSingleton<WebhookDestinations>()
            .AddSingleton<WebhookClient>()
            .AddSingleton<WebhookActions>()
            .AddSingleton<WebhookSweeper>()
            .AddSingleton<ICommitListener>(static s => s.GetRequiredService<WebhookSweeper>())
            .AddHostedService(static s => s.GetRequiredService<WebhookSweeper>());
    }
}
