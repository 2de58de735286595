using System.Diagnostics;
using System.Globalization;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Conclude.Silo.Bootstrap;
using Microsoft.Extensions.Options;

namespace Conclude.Silo.Commands.Seed;

/// <summary><c>seed</c>: fills a workspace with made-up history, for demonstrations, screenshots and measurements.</summary>
internal static class SeedCommand
{
    public const string Name = "seed";

    private const int Done = 0;
    private const int Failed = 2;

    private const string Usage = """
        seed [--workspace acme] [--days 60] [--users 2000] [--moments 7] [--seed 1] [--until now]

        Fills a workspace with made-up history: moments, people, events, prompts and answers, decided by the rules that hold for real ones.
        The workspace of the first start is made if it is missing. What is there already stays; moments that exist keep their settings.
        The same --seed and --until make the same history, so after a kill it can be run again, and adds nothing twice.
        --until is a time (2026-11-22 or 2026-11-22T10:00:00Z). No host may run on the store meanwhile.

        Settings are the host's: environment, appsettings.json, or --NAME=VALUE.
        Exit codes: 0 done, 2 it could not be done.
        """;

    /// <param name="options">What stands after the command's name.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] options)
    {
        if (options.Contains("--help"))
        {
            await Console.Out.WriteLineAsync(Usage);
            return Done;
        }

        try
        {
            var (read, settings) = SeedOptions.Parse(options, TimeProvider.System.GetUtcNow());
            await Seed(read, settings);
            return Done;
        }
        catch (Exception reason) when (Silo.Run.Line(reason) is { } line)
        {
            await Console.Error.WriteLineAsync("It could not be done: " + line.ReplaceLineEndings(" "));
            return Failed;
        }
    }

    private static async Task Seed(SeedOptions options, string[] settings)
    {
        var started = Stopwatch.GetTimestamp();
        await using var host = SilentHost.Compose(settings, out var address);
        var ledger = host.Services.GetRequiredService<StoreLedger>();
        ledger.Open();
        await host.StartAsync();
        var workspace = await Workspace(host, options.Workspace, address);
        var moments = 0;
        foreach (var moment in Story.Take(options.Moments))
        {
            moments += await Add(workspace, moment);
        }

        var rules = await workspace.Snapshot() ?? throw new InvalidOperationException("The workspace has gone.");
        Replay replay = new(ledger, rules, options);
        using (ProgressBar bar = new())
        {
            Progress progress = new(bar, options);
            progress.Report(0);
            await replay.Run(progress);
        }

        await host.StopAsync();
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Workspace}: {replay.Accepted:N0} events of {options.Users:N0} users from {options.From:yyyy-MM-dd} on, {moments} moments added, in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s."));
        if (replay.Duplicates > 0)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{replay.Duplicates:N0} were there already."));
        }

        if (replay.Refused > 0)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{replay.Refused:N0} are more than the plan {rules.Plan.Name} allows in a month, and were left out."));
        }
    }

    private static async Task<ITenantGrain> Workspace(WebApplication host, string name, string address)
    {
        if (!GrainKeys.IsWorkspaceId(name))
        {
            throw new InvalidSettingException("--workspace must be 1–40 of a–z, 0–9 and -.");
        }

        var workspace = host.Services.GetRequiredService<IGrainFactory>().Tenant(name);
        if (await workspace.Snapshot() is not null)
        {
            return workspace;
        }

        var first = host.Services.GetRequiredService<IOptions<BootstrapOptions>>().Value.Workspace;
        if (name != first)
        {
            throw new InvalidSettingException($"There is no workspace {name}.");
        }

        var secret = await host.Services.GetRequiredService<FirstWorkspace>().Ensure(CancellationToken.None);
        await host.Services.GetRequiredService<Greeting>().Tell(address, secret);
        return workspace;
    }

    /// <returns>How many were added: 0 when the event is a moment already.</returns>
    private static async Task<int> Add(ITenantGrain workspace, MomentDefinition moment) => (await workspace.AddMoment(Author.Operator, moment)).Status switch
    {
        SaveStatus.Saved => 1,
        SaveStatus.Exists or SaveStatus.PlanLimit => 0,
        var status => throw new InvalidOperationException($"The moment {moment.Event} is {status}."),
    };

    private sealed class Progress(ProgressBar bar, SeedOptions options) : IProgress<int>
    {
        public void Report(int value) => bar.Report(value, options.Users, "users", options.Workspace);
    }
}
