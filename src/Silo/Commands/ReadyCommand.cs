namespace Conclude.Silo.Commands;

/// <summary><c>ready [URL]</c>: asks a host that runs on this machine whether it is ready, for health checks where there is no other program to ask with.</summary>
internal static class ReadyCommand
{
    public const string Name = "ready";

    private const int IsReady = 0;
    private const int IsNot = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <param name="options">What stands after the command's name.</param>
    /// <returns>The exit code: 0 ready, 1 not.</returns>
    public static async Task<int> Run(string[] options)
    {
        using HttpClient http = new() { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(options is [var url] ? url : Configured()), "/health/ready"));
            await Console.Out.WriteLineAsync(answer.IsSuccessStatusCode ? "ready" : "not ready");
            return answer.IsSuccessStatusCode ? IsReady : IsNot;
        }
        catch (Exception reason) when (reason is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync("not ready: " + reason.Message);
            return IsNot;
        }
    }

    /// <summary>Where a host with these settings listens, seen from here.</summary>
    private static string Configured()
    {
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .AddEnvironmentVariables()
            .Build();
        var first = (settings[WebHostDefaults.ServerUrlsKey] ?? "").Split(';')[0];
        return first.Replace("+", "localhost", StringComparison.Ordinal).Replace("*", "localhost", StringComparison.Ordinal)
            .Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
    }
}
