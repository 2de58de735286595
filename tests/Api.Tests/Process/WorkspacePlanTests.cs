using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves that an operator can put a workspace on another plan, and on the same one with other limits, and is told when not.</summary>
public sealed class WorkspacePlanTests
{
    [Fact]
    public async Task A_workspace_is_put_on_a_plan_while_no_host_runs()
    {
        await using var silo = await SiloProcess.Start();
        Assert.Equal("self_hosted", (string?)(await silo.Get("/api/v1/usage"))["plan"]);
        await AdoptScenario.Fire(silo, "ada", "page_viewed");
        var (refused, inUse) = await Plan(silo, ["acme", "free"]);
        Assert.True(refused == 2, inUse);
        Assert.Contains("in use", inUse, StringComparison.Ordinal);
        await silo.Terminate();

        foreach (var (workspace, plan, why) in ((string, string, string)[])[("acme", "no_such", "no plan 'no_such'"), ("nowhere", "free", "no workspace nowhere")])
        {
            var (code, said) = await Plan(silo, [workspace, plan]);
            Assert.True(code == 2, said);
            Assert.Contains(why, said, StringComparison.Ordinal);
        }

        var (done, told) = await Plan(silo, ["acme", "free"], ("Conclude__Plans__free__EventsPerMonth", "2"));
        Assert.True(done == 0, told);
        Assert.Contains("acme is on the plan free: 2 events a month, 3 moments, 2 members, events kept for 30 days, 200 event names.", told, StringComparison.Ordinal);
        await silo.Run();
        var usage = await silo.Get("/api/v1/usage");
        Assert.Equal(("free", """{"used":1,"limit":2}"""), ((string?)usage["plan"], usage["events"]!.ToJsonString()));
        Assert.Equal("ok", (string?)(await AdoptScenario.Fire(silo, "ada", "page_viewed"))["quota"]);
        Assert.Equal("exceeded", (string?)(await AdoptScenario.Fire(silo, "ada", "page_viewed"))["quota"]);
        Assert.Equal(["workspace.plan_changed", "workspace.created"], (await silo.Get("/api/v1/audit?kind=workspace"))["items"]!.AsArray().Select(static e => (string)e!["kind"]!));
    }

    [Fact]
    public async Task A_running_host_is_asked_with_the_operators_token()
    {
        const string Token = "a-token-of-the-operator-0123456789";
        await using var silo = await SiloProcess.Start(("Conclude__Operator__Token", Token), ("Conclude__Plans__team__Moments", "7"));
        await AdoptScenario.Fire(silo, "ada", "page_viewed");
        foreach (var (workspace, plan, token, why) in ((string, string, string?, string)[])
            [
                ("acme", "no_such", Token, "no plan 'no_such'"), ("nowhere", "team", Token, "no workspace nowhere"), ("acme", "team", Token + "x", "another token"),
                ("acme", "team", null, "Conclude:Operator:Token is not set"),
            ])
        {
            var (code, said) = await SiloCommand.Run(["workspace", "plan", workspace, plan, "--at", silo.Address], [.. token is null ? [] : new[] { ("Conclude__Operator__Token", token) }]);
            Assert.True(code == 2, said);
            Assert.Contains(why, said, StringComparison.Ordinal);
        }

        Assert.Equal("self_hosted", (string?)(await silo.Get("/api/v1/usage"))["plan"]);
        var (done, told) = await SiloCommand.Run(["workspace", "plan", "acme", "team", "--at", silo.Address], ("Conclude__Operator__Token", Token));
        Assert.True(done == 0, told);
        Assert.Contains("acme is on the plan team: unlimited events a month, 7 moments, unlimited members, events kept for ever, unlimited event names.", told, StringComparison.Ordinal);
        var usage = await silo.Get("/api/v1/usage");
        Assert.Equal(("team", 7L), ((string?)usage["plan"], (long?)usage["moments"]!["limit"]));
        // It is on disk, and the document goes on from there.
        await silo.Terminate();
        await silo.Run();
        Assert.Equal("team", (string?)(await silo.Get("/api/v1/usage"))["plan"]);
        Assert.Equal(["workspace.plan_changed", "workspace.created"], (await silo.Get("/api/v1/audit?kind=workspace"))["items"]!.AsArray().Select(static e => (string)e!["kind"]!));
    }

    private static Task<(int ExitCode, string Said)> Plan(SiloProcess silo, string[] arguments, params (string Name, string Value)[] settings) =>
        SiloCommand.Run(["workspace", "plan", .. arguments], [("Conclude__DataDirectory", silo.Data.FullName), .. settings]);
}
