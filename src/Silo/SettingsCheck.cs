using Conclude.Api.Demo;
using Conclude.Api.Operators;
using Conclude.Api.RateLimiting;
using Conclude.Dashboard.Hosting;
using Conclude.Grains.Webhooks;
using Conclude.Silo.Bootstrap;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Conclude.Silo;

/// <summary>Reads every setting once before anything starts: a typing error is to stop the host, not the first request that meets it.</summary>
internal static class SettingsCheck
{
    /// <exception cref="InvalidSettingException">One of them cannot be used.</exception>
    public static void Check(WebApplication app)
    {
        CheckStore(app.Configuration);
        Plans.Check(app.Configuration);
        try
        {
            foreach (var url in (app.Configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                BindingAddress.Parse(url);
            }

            Read<RateLimitOptions>(app.Services);
            Read<DemoOptions>(app.Services);
            Read<OperatorOptions>(app.Services);
            Read<BootstrapOptions>(app.Services);
            Read<WebhookOptions>(app.Services);
            Read<ForwardedHeadersOptions>(app.Services);
            Read<PageLimitOptions>(app.Services);
            _ = app.Services.GetRequiredService<PublicAddress>();
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException or OptionsValidationException)
        {
            throw new InvalidSettingException(wrong.Message, wrong);
        }
    }

    /// <exception cref="InvalidSettingException">The connection string cannot be read.</exception>
    public static void CheckStore(IConfiguration configuration)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(Store.ConnectionString(configuration));
        }
        catch (ArgumentException wrong)
        {
            // Without the string itself, which may hold a password.
            throw new InvalidSettingException("ConnectionStrings:Conclude cannot be read: " + wrong.Message, wrong);
        }
    }

    private static void Read<T>(IServiceProvider services)
        where T : class => _ = services.GetRequiredService<IOptions<T>>().Value;
}
