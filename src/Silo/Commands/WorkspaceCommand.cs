using System.Globalization;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Conclude.Silo.Bootstrap;
using Microsoft.Extensions.Options;

namespace Conclude.Silo.Commands;

/// <summary><c>workspace add</c>, <c>workspace plan</c>: makes one more workspace on the store that the host's settings name; puts one on a plan.</summary>
internal static class WorkspaceCommand
{
    public const string Name = "workspace";

    private const int Done = 0;
    private const int Failed = 2;
    private const string Add = "add";
    private const string Plan = "plan";
    private const string NameOption = "--name";
    private const string OwnerOption = "--owner";
    private const string PlanOption = "--plan";
    private const string AtOption = "--at";

    private const string Usage = """
        workspace add --name NAME --owner EMAIL [--plan self_hosted]

        Makes a workspace with keys of its own and prints them, with a one-time sign-in link for its owner: an account that exists already
        gets it beside its others. NAME is 1-40 of a-z, 0-9 and -.

        workspace plan NAME PLAN [--at URL]

        Puts a workspace on a plan, built in or set by Conclude:Plans, with the limits that the settings give it now: run it again after you
        changed them. What is there beyond the limits stays, and no more is added. The month goes on counting where it was.

        No host may run on the store meanwhile: stop it first. Or, for a plan, with --at http://localhost:5080, the address of a host that runs:
        that one is asked, with the token of Conclude:Operator:Token, and the plan is in force within a second on every silo.

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
            if (options is [Plan, var workspace, var plan, .. var others])
            {
                await Tell(workspace, Take(ref others, AtOption, required: false) is { } host
                    ? await RunningHost.ChangePlan(host, workspace, plan, others)
                    : await Change(workspace, plan, others));
                return Done;
            }

            if (options is not [Add, .. var rest])
            {
                throw new InvalidSettingException("workspace add --name NAME --owner EMAIL, or workspace plan NAME PLAN; --help says more.");
            }

            await Make(Take(ref rest, NameOption, required: true)!, Take(ref rest, OwnerOption, required: true)!, Take(ref rest, PlanOption, required: false), rest);
            return Done;
        }
        catch (Exception reason) when (Silo.Run.Line(reason) is { } line)
        {
            await Console.Error.WriteLineAsync("It could not be done: " + line.ReplaceLineEndings(" "));
            return Failed;
        }
    }

    private static async Task Make(string name, string owner, string? plan, string[] settings)
    {
        await using var host = SilentHost.Compose(settings, out var address);
        // Keys and password of the first workspace, if they are set, are the first one's alone.
        host.Services.GetRequiredService<IOptions<BootstrapOptions>>().Value.For(name, owner, plan);
        host.Services.GetRequiredService<StoreLedger>().Open();
        await host.StartAsync();
        var secret = await host.Services.GetRequiredService<FirstWorkspace>().Ensure(CancellationToken.None);
        if (secret is not null)
        {
            await host.Services.GetRequiredService<Greeting>().Tell(address, secret, onConsole: true);
        }

        await host.StopAsync();
        if (secret is null)
        {
            throw new InvalidSettingException($"There is a workspace {name} already.");
        }
    }

    private static async Task<PlanLimits> Change(string workspace, string name, string[] settings)
    {
        await using var host = SilentHost.Compose(settings, out _);
        var plan = Plans.Find(host.Configuration, name);
        host.Services.GetRequiredService<StoreLedger>().Open();
        await host.StartAsync();
        var changed = await host.Services.GetRequiredService<IGrainFactory>().Tenant(workspace).ChangePlan(Author.Operator, plan);
        await host.StopAsync();
        if (changed != SaveStatus.Saved)
        {
            throw new InvalidSettingException($"There is no workspace {workspace}.");
        }

        return plan;
    }

    private static Task Tell(string workspace, PlanLimits plan) => Console.Out.WriteLineAsync(
        $"{workspace} is on the plan {plan.Name}: {Limit(plan.EventsPerMonth)} events a month, {Limit(plan.Moments)} moments, {Limit(plan.Members)} members, "
        + $"events kept {(plan.RetentionDays == 0 ? "for ever" : $"for {plan.RetentionDays} days")}, {Limit(plan.EventNames)} event names.");

    private static string Limit(long limit) => limit == 0 ? "unlimited" : limit.ToString("N0", CultureInfo.InvariantCulture);

    private static string? Take(ref string[] options, string name, bool required)
    {
        var at = Array.IndexOf(options, name);
        if (at < 0 || at == options.Length - 1)
        {
            return !required ? null : throw new InvalidSettingException($"{name} is missing; --help says more.");
        }

        var value = options[at + 1];
        options = [.. options[..at], .. options[(at + 2)..]];
        return value;
    }
}
