using Conclude.Ledger;

namespace Conclude.Silo;

/// <summary>Runs the host and turns what an operator can mend into one line instead of a stack trace.</summary>
internal static class Run
{
    private const int Refused = 2;

    public static async Task<int> UntilStopped(WebApplication app)
    {
        try
        {
            // Ahead of the host, which would print a refusal as a crash.
            app.Services.GetRequiredService<StoreLedger>().Open();
            await app.RunAsync();
            return 0;
        }
        catch (Exception reason) when (reason is StoreInUseException or NewerStoreException or LedgerUnavailableException)
        {
            return await Refuse(reason.Message);
        }
        catch (IOException reason) when (reason.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return await Refuse(reason.Message + " Choose another with --urls http://localhost:PORT.");
        }
    }

    private static async Task<int> Refuse(string reason)
    {
        await Console.Error.WriteLineAsync("Conclude Moments did not start: " + reason);
        return Refused;
    }
}
