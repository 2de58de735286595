using Conclude.Grains;
using Conclude.Silo.Bootstrap;
using Conclude.Silo.Engines;

namespace Conclude.Silo.Commands;

/// <summary>The engine and the ledger for a command that works with grains: nothing is served that anybody could find.</summary>
internal static class SilentHost
{
    private const string DefaultAddress = "http://localhost:5080";

    /// <param name="address">Where the host with these settings would listen.</param>
    public static WebApplication Compose(string[] settings, out string address)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        address = builder.Configuration[WebHostDefaults.ServerUrlsKey]?.Split(';')[0] ?? DefaultAddress;
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        SettingsCheck.CheckStore(builder.Configuration);
        var data = DataDirectory.Prepare(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddLedger(data, alone: true);
        builder.AddEngine(data);
        builder.Services.AddConcludeGrains();
        builder.Services.AddFirstWorkspace(builder.Configuration, data);
        return builder.Build();
    }
}
