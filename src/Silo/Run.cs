using System.Data.Common;
using System.Net.Sockets;
using Conclude.Ledger;
using Conclude.Ledger.Adoption;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Conclude.Silo;

/// <summary>Runs the host and turns what an operator can mend into one line instead of a stack trace.</summary>
internal static class Run
{
    private const int Refused = 2;
    private static volatile bool s_started;

    /// <summary>The host logs a refused start with its stack trace; whoever reads the line printed here needs none.</summary>
    public static ILoggingBuilder LogStartFailuresOnce(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", static level => s_started && level >= LogLevel.Information)
        .AddFilter("Orleans.Runtime.Silo", static level => s_started && level >= LogLevel.Warning);

    /// <returns>The exit code: 0 after a stop that was asked for, 2 when it could not start.</returns>
    public static async Task<int> UntilStopped(Func<WebApplication> compose)
    {
        try
        {
            var app = compose();
            SettingsCheck.Check(app);
            // Ahead of the host, which would print a refusal as a crash.
            app.Services.GetRequiredService<StoreLedger>().Open();
            app.Lifetime.ApplicationStarted.Register(static () => s_started = true);
            await app.RunAsync();
            return 0;
        }
        catch (Exception reason) when (!s_started && Line(reason) is { } line)
        {
            await Console.Error.WriteLineAsync("Conclude Moments did not start: " + line.ReplaceLineEndings(" "));
            return Refused;
        }
    }

    /// <returns>Null for a bug, which keeps its stack trace.</returns>
    public static string? Line(Exception reason) => reason switch
    {
        OptionsValidationException => reason.Message,
        InvalidSettingException or StoreInUseException or NewerStoreException or OlderStoreException => reason.Message,
        AdoptionRefusedException or AdoptionUnfinishedException or InvalidDataException => reason.Message,
        IOException { InnerException: AddressInUseException } => reason.Message + " Choose another with --urls http://localhost:PORT.",
        // The web server's is an IOException with this in it.
        AddressInUseException => "The port of the silo is in use. Choose another with Conclude:Cluster:SiloPort or GatewayPort.",
        SocketException => "The address cannot be listened on: " + reason.Message + ". Choose another with --urls http://localhost:PORT.",
        DbException or LedgerUnavailableException => "The store cannot be opened: " + reason.Message,
        IOException or UnauthorizedAccessException => "The data directory cannot be used: " + reason.Message,
        _ => null,
    };
}
