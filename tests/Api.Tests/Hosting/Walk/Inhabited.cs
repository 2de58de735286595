using System.Net;
using Conclude.Grains;
using Conclude.Ledger;
using Conclude.Testing.Webhooks;

namespace Conclude.Api.Tests.Hosting.Walk;

/// <summary>A workspace with something of everything in it.</summary>
internal sealed class Inhabited
{
    private readonly ApiHost _host;

    private Inhabited(ApiHost host, TestWorkspace workspace, Ids ids, string owner, string mark) => (_host, Workspace, Ids, Owner, Mark) = (host, workspace, ids, owner, mark);

    public TestWorkspace Workspace { get; }

    public Ids Ids { get; }

    public string Owner { get; }

    /// <summary>Stands in all that its people and admins wrote, and in nothing that names a thing.</summary>
    public string Mark { get; }

    /// <param name="name">Lower-case letters; stands in what names a thing.</param>
    public static async Task<Inhabited> Make(ApiHost host, string name, WebhookReceiver receiver)
    {
        var (owner, mark, moment) = ($"{name}-owner@example.com", $"zqx{name}zqx", $"{name}_exported");
        var workspace = await TestWorkspace.Create(host, id: name + "-space", owner: owner);
        var stated = Ids.Nowhere(name) with { Workspace = workspace.Id, Event = moment, Receiver = receiver.Url };
        await workspace.AddMoment(moment, new { question = mark, followUp = mark, translations = new { de = new { question = mark } } });
        var webhook = await workspace.Manage(HttpMethod.Post, "webhooks", new { url = receiver.Url, events = new[] { "reaction.created" }, description = mark }, HttpStatusCode.Created);
        var user = new
        {
            externalId = stated.ExternalId,
            anonymousId = stated.AnonymousId,
            email = stated.Email,
            name = mark,
            companies = new[] { new { id = stated.Company, name = mark } },
            traits = new { secret = mark },
        };
        var answer = await TestWorkspace.Body(
            await workspace.PostEvents(new { user, context = new { url = $"https://{stated.Page}/{mark}", locale = "de" }, events = new[] { new { id = stated.EventId, name = moment } } }), HttpStatusCode.OK);
        var prompt = answer["prompt"]!;
        await workspace.Done(prompt, "seen");
        await workspace.Done(prompt, "reaction", new { reaction = "frustrated" });
        await workspace.Done(prompt, "comment", new { text = mark });
        var test = await TestWorkspace.Body(await workspace.Managed(HttpMethod.Post, $"webhooks/{webhook["id"]}/test"), HttpStatusCode.Accepted);
        await Delivered(workspace, (string)webhook["id"]!);
        // Another prompt that is still live: what another workspace did to it would show.
        var open = (await workspace.Fire("live-" + name, moment))["prompt"]!;
        await workspace.Fire("other-" + name, name + "_observed");
        var keys = (await workspace.Get("keys"))["items"]!.AsArray();
        string Key(string kind) => (string)keys.First(k => (string)k!["kind"]! == kind)!["id"]!;
        var ids = stated with
        {
            Prompt = (string)open["id"]!,
            Webhook = (string)webhook["id"]!,
            Delivery = (string)test["id"]!,
            Publishable = Key("publishable"),
            TestKey = Key("test"),
            Cursor = Responses.Cursors.Write(new ResponseCursor(host.Time.GetUtcNow(), Guid.CreateVersion7())),
            Session = (await host.Grains.Account(owner).StartSession("Their browser"))!,
        };
        return new Inhabited(host, workspace, ids, owner, mark);
    }

    /// <summary>All that its own key reads; times of use left out, for the reading itself moves them.</summary>
    public async Task<string> Everything()
    {
        string[] paths =
        [
            "moments", $"moments/{Ids.Event}", $"moments/{Ids.Event}/stats", "responses", "responses.csv", "observed-events", "usage", "settings", "keys", "audit", "webhooks",
            $"webhooks/{Ids.Webhook}", $"webhooks/{Ids.Webhook}/deliveries", $"users/{Ids.ExternalId}", $"browsers/live-{Ids.Company}",
        ];
        List<string> parts = [];
        foreach (var path in paths)
        {
            using var answer = await Workspace.Managed(HttpMethod.Get, path);
            parts.Add($"{path}: {(int)answer.StatusCode} {Answers.Unused(await answer.Content.ReadAsStringAsync())}");
        }

        var prompt = await _host.Ledger.FindPrompt(Workspace.Id, Guid.Parse(Ids.Prompt));
        parts.Add($"prompt: {prompt}");
        parts.Add("sessions: " + string.Join(' ', (await _host.Grains.Account(Owner).Sessions()).Select(static s => s.Id).Order(StringComparer.Ordinal)));
        parts.Add("members: " + string.Join(' ', (await _host.Grains.Tenant(Workspace.Id).Snapshot())!.Members.Select(static m => $"{m.Email} {m.Role}")));
        return string.Join('\n', parts);
    }

    /// <summary>Strings that no answer to anybody else may hold.</summary>
    public IEnumerable<string> Secrets => [Mark, Workspace.SecretKey, Workspace.Publishable, Workspace.Test, .. Ids.Names];

    private static async Task Delivered(TestWorkspace workspace, string webhook)
    {
        while ((await workspace.Get($"webhooks/{webhook}/deliveries"))["items"]!.AsArray().Any(static d => (string)d!["status"]! == "pending"))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Delay(20);
        }
    }
}
