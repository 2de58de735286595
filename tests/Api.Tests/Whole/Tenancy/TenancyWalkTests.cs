using Conclude.Api.Tests.Hosting;
using Conclude.Api.Tests.Hosting.Walk;
using Conclude.Testing.Webhooks;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Tests.Whole.Tenancy;

/// <summary>
/// Proves that whoever walks every route of the server with the keys and the cookie of one workspace, naming what another one has, is told
/// exactly what they are told of what does not exist, and changes nothing there.
/// </summary>
public sealed class TenancyWalkTests(WholeServer server) : IClassFixture<WholeServer>
{
    [Fact]
    public void Every_route_is_in_the_table()
    {
        var mapped = server.Routes.SelectMany(static route =>
            (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}")).ToHashSet(StringComparer.Ordinal);
        var known = RouteTable.All.Select(static e => e.Route).ToHashSet(StringComparer.Ordinal);
        Assert.True(mapped.SetEquals(known), $"Add to RouteTable:\n{string.Join('\n', mapped.Except(known))}\nTake out:\n{string.Join('\n', known.Except(mapped))}");
    }

    [Fact]
    public async Task What_another_workspace_has_is_not_there()
    {
        await using var receiver = await WebhookReceiver.Start();
        var mine = await Inhabited.Make(server.Api, "mine", receiver);
        var theirs = await Inhabited.Make(server.Api, "theirs", receiver);
        var nowhere = Ids.Nowhere("nobody") with { Receiver = receiver.Url };
        using var browser = await server.SignIn(mine.Owner);
        Asking asking = new(server, mine.Workspace, browser);
        var before = await theirs.Everything();
        Assert.Contains(theirs.Mark, before, StringComparison.Ordinal);
        List<string> wrong = [];

        foreach (var entry in RouteTable.InOrder)
        {
            var ofTheirs = await asking.Ask(entry, theirs.Ids);
            // What takes its own credentials away names nothing, and works once.
            var ofNothing = entry.Ends ? ofTheirs : await asking.Ask(entry, nowhere);
            foreach (var ((sent, told), (_, expected)) in ofTheirs.Zip(ofNothing))
            {
                if (Answers.Difference(Answers.Still(theirs.Ids.Blank(told)), Answers.Still((entry.Ends ? theirs.Ids : nowhere).Blank(expected))) is { } difference)
                {
                    wrong.Add($"{sent}\n{difference}");
                }

                // What the request itself named may be said again.
                wrong.AddRange(theirs.Secrets.Where(s => told.Contains(s, StringComparison.Ordinal) && !sent.Contains(s, StringComparison.Ordinal) && !sent.Contains(Uri.EscapeDataString(s), StringComparison.Ordinal)).Select(s => $"{sent}\ntells {s}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await theirs.Everything());
    }

    [Fact]
    public async Task What_happens_in_one_workspace_moves_no_number_of_another()
    {
        await using var receiver = await WebhookReceiver.Start();
        var (first, second) = (await Inhabited.Make(server.Api, "first", receiver), await Inhabited.Make(server.Api, "second", receiver));
        foreach (var (busy, quiet) in ((Inhabited, Inhabited)[])[(first, second), (second, first)])
        {
            using var browser = await server.SignIn(quiet.Owner);
            var (before, pages) = (await quiet.Everything(), await Pages(browser, quiet));
            // The same names, and the same people, as the other has.
            await busy.Workspace.AddMoment(quiet.Ids.Event);
            var prompt = (await busy.Workspace.Fire(new { externalId = quiet.Ids.ExternalId, anonymousId = quiet.Ids.AnonymousId }, quiet.Ids.Event))["prompt"]!;
            await busy.Workspace.Done(prompt, "reaction", new { reaction = "neutral" });
            await busy.Workspace.Fire("other", "seen_nowhere_else");

            Assert.Equal(before, await quiet.Everything());
            Assert.Null(Answers.Difference(pages, await Pages(browser, quiet)));
        }
    }

    private static async Task<string> Pages(HttpClient browser, Inhabited of)
    {
        var pages = "";
        foreach (var path in (string[])["/moments", "/moments/observed", "/responses", "/settings/billing", "/people/u%3A" + of.Ids.ExternalId])
        {
            pages += Answers.Still(await browser.GetStringAsync(path)) + "\n";
        }

        return pages;
    }
}
