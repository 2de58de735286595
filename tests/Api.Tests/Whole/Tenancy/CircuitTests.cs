using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conclude.Api.Tests.Hosting;
using Conclude.Api.Tests.Hosting.Walk;
using Conclude.Dashboard.Hosting;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Conclude.Testing;
using Conclude.Testing.Circuits;
using Conclude.Testing.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Conclude.Api.Tests.Whole.Tenancy;

/// <summary>
/// Proves that the hub of live pages keeps workspaces apart, whatever a page asks of it: other addresses, other circuits, other handlers; and
/// that who is no member any more is told nothing more.
/// </summary>
public sealed partial class CircuitTests(WholeServer server) : IClassFixture<WholeServer>
{
    private const int Attempts = 8;

    [Fact]
    public async Task A_live_page_shows_of_another_workspace_what_it_shows_of_nothing()
    {
        await using var receiver = await WebhookReceiver.Start();
        var mine = await Inhabited.Make(server.Api, "shown", receiver);
        var theirs = await Inhabited.Make(server.Api, "hidden", receiver);
        var nowhere = Ids.Nowhere("nobody");
        CookieContainer cookies = new();
        using var browser = await server.SignIn(mine.Owner, cookies);
        var before = await theirs.Everything();
        List<string> wrong = [];

        foreach (var path in Pages())
        {
            var (named, unnamed) = (theirs.Ids.Fill(path, encoded: true), nowhere.Fill(path, encoded: true));
            string? difference = "";
            // The first page of a workspace has more to wait for than those beside it.
            await using var first = await OpenPage.Open(browser, cookies, unnamed);
            // What shows while something is still being read is not the same each time: what can be told apart never is.
            for (var attempt = 0; difference is not null && attempt < Attempts; attempt++)
            {
                await using var page = await OpenPage.Open(browser, cookies, named);
                await using var other = await OpenPage.Open(browser, cookies, unnamed);
                difference = await Difference((page, theirs.Ids), (other, nowhere));
                wrong.AddRange(Told(page, theirs, named));
            }

            if (difference is not null)
            {
                wrong.Add($"{path}\n{difference}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await theirs.Everything());
    }

    [Fact]
    public async Task A_live_page_that_goes_or_claims_to_be_elsewhere_is_shown_nothing_of_it()
    {
        await using var receiver = await WebhookReceiver.Start();
        var mine = await Inhabited.Make(server.Api, "goes", receiver);
        var theirs = await Inhabited.Make(server.Api, "stays", receiver);
        CookieContainer cookies = new();
        using var browser = await server.SignIn(mine.Owner, cookies);
        var before = await theirs.Everything();
        var (moment, person) = ($"/moments/{theirs.Ids.Event}", $"/people/u%3A{theirs.Ids.ExternalId}");

        await using var claims = await OpenPage.Open(browser, cookies, "/moments", claimed: moment);
        await claims.Shows("No such moment");
        await using var goes = await OpenPage.Open(browser, cookies, "/moments");
        await goes.GoTo(browser, moment);
        await goes.Shows("No such moment");
        await goes.GoTo(browser, person);
        await goes.Shows("Nobody by this key");
        await goes.GoTo(browser, $"/settings/privacy?person=u%3A{theirs.Ids.ExternalId}");
        await goes.Shows("Find a person");

        Assert.Empty((string[])[.. Told(claims, theirs, moment), .. Told(goes, theirs, moment + person)]);
        Assert.Equal(before, await theirs.Everything());
    }

    [Fact]
    public async Task Another_ones_circuit_cannot_be_taken_over_or_ended()
    {
        var (ours, theirs) = (await Member("taker"), await Member("taken"));
        using var our = ours.Browser;
        using var their = theirs.Browser;
        var owners = server.Api.Services.GetRequiredService<CircuitOwners>();
        var known = owners.Count;
        await using var page = await OpenPage.Open(their, theirs.Cookies, "/moments/observed");
        var secret = page.Circuit.Secret!;

        await using (var intruder = await OpenPage.Connect(our, ours.Cookies))
        {
            Assert.Equal(bool.FalseString, await intruder.Circuit.Call("ConnectCircuit", secret));
            Assert.Null(await intruder.Circuit.Call("ResumeCircuit", secret, our.BaseAddress!.ToString(), our.BaseAddress!.ToString(), "[]", ""));
            Assert.Empty(intruder.Texts);
        }

        await Circuit.Leave(our, secret);
        await Circuit.Leave(our, secret, "/_blazor/disconnect/");
        using (var nobody = server.Browser())
        {
            await Circuit.Leave(nobody, secret);
        }

        await theirs.Workspace.Fire("b1", "still_shown");
        await page.Shows("still_shown");
        await using var own = await OpenPage.Connect(their, theirs.Cookies);
        Assert.Equal(bool.TrueString, await own.Circuit.Call("ConnectCircuit", secret));
        await theirs.Workspace.Fire("b1", "shown_again");
        await own.Shows("shown_again");
        await Circuit.Leave(their, secret);
        await using var late = await OpenPage.Connect(their, theirs.Cookies);
        Assert.Equal(bool.FalseString, await late.Circuit.Call("ConnectCircuit", secret));
        // Nor does anything remember whose it was.
        await Soon(() => owners.Count <= known, () => $"{owners.Count} circuits have owners, not {known}.");
    }

    [Fact]
    public async Task A_circuit_that_goes_before_it_shows_anything_is_forgotten()
    {
        var someone = await Member("hasty");
        using var browser = someone.Browser;
        var owners = server.Api.Services.GetRequiredService<CircuitOwners>();
        var known = owners.Count;
        Uri address = new(browser.BaseAddress!, "/moments");
        var html = await browser.GetStringAsync(address);
        await using (var page = await OpenPage.Connect(browser, someone.Cookies))
        {
            await page.Circuit.Begin(html, address);
            Assert.Equal(known + 1, owners.Count);
            await page.Circuit.Leave(browser);
        }

        await Soon(() => owners.Count == known, () => $"{owners.Count} circuits have owners, not {known}.");
    }

    [Fact]
    public async Task Another_ones_connection_cannot_be_joined()
    {
        var (ours, theirs) = (await Member("joiner"), await Member("joined"));
        using var our = ours.Browser;
        using var their = theirs.Browser;
        using var negotiated = await their.PostAsync("/_blazor/negotiate?negotiateVersion=1&useStatefulReconnect=true", content: null);
        var token = (string)JsonNode.Parse(await negotiated.Content.ReadAsStringAsync())!["connectionToken"]!;
        await using var page = await OpenPage.Connect(their, theirs.Cookies, token);
        Uri address = new(their.BaseAddress!, "/moments/observed");
        await page.Circuit.Start(await their.GetStringAsync(address), address);
        await page.IsAsked("conclude.live");

        await Assert.ThrowsAsync<WebSocketException>(() => OpenPage.Connect(our, ours.Cookies, token));
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete])
        {
            using HttpRequestMessage request = new(method, "/_blazor?id=" + token);
            using var answer = await our.SendAsync(request);
            Assert.False(answer.IsSuccessStatusCode, $"{method} was answered with {answer.StatusCode}.");
        }

        await theirs.Workspace.Fire("b1", "still_theirs");
        await page.Shows("still_theirs");
    }

    [Fact]
    public async Task Handlers_and_objects_are_a_circuits_own()
    {
        var (ours, theirs) = (await Member("caller"), await Member("called"));
        using var our = ours.Browser;
        using var their = theirs.Browser;
        await theirs.Workspace.AddMoment("kept");
        await using var page = await OpenPage.Open(their, theirs.Cookies, "/moments/observed");
        var before = await theirs.Workspace.Get("moments");

        // A page whose circuit dies of nonsense is opened anew: numbers are tried until all that the other page can have were.
        const int MostHandlers = 400;
        for (var handler = 1L; handler <= MostHandlers;)
        {
            await using var caller = await OpenPage.Open(our, ours.Cookies, "/settings/members");
            for (; handler <= MostHandlers && !caller.Circuit.Ended.IsCompleted; handler++)
            {
                try
                {
                    await caller.Dispatch(interop: 1, handler);
                    await caller.Invoke(handler, "Rows", "[1]");
                }
                catch (WebSocketException)
                {
                    break;
                }
            }

            handler++;
        }

        Assert.Equal(before.ToJsonString(), (await theirs.Workspace.Get("moments")).ToJsonString());
        Assert.Single((await theirs.Workspace.Get("members"))["items"]!.AsArray());
        await theirs.Workspace.Fire("b1", "still_here");
        await page.Shows("still_here");
    }

    [Fact]
    public async Task Who_is_removed_is_told_nothing_more_even_by_a_page_that_stays_open()
    {
        var (owner, stays) = (await Member("remover"), new CookieContainer());
        using var boss = owner.Browser;
        var hash = InviteTokens.Hash(InviteTokens.Make(owner.Workspace.Id));
        Assert.Equal(SaveStatus.Saved, await server.Api.Grains.Tenant(owner.Workspace.Id).Invite(Author.Operator, "removed@example.com", MemberRole.Admin, hash));
        Assert.Equal(SaveStatus.Saved, await server.Api.Grains.Tenant(owner.Workspace.Id).AcceptInvite(hash));
        using var browser = await server.SignIn("removed@example.com", stays);
        await using var page = await OpenPage.Open(browser, stays, "/moments/observed");
        await using var other = await OpenPage.Open(boss, owner.Cookies, "/moments/observed");
        await owner.Workspace.Fire("b1", "before_removal");
        await page.Shows("before_removal");

        Assert.Equal(SaveStatus.Saved, await server.Api.Grains.Tenant(owner.Workspace.Id).RemoveMember(Author.Operator, "removed@example.com"));
        await page.IsAsked("Blazor._internal.navigationManager.navigateTo");
        page.Forget();
        await owner.Workspace.Fire("b2", "after_removal");
        await other.Shows("after_removal");
        await page.GoTo(browser, "/moments");
        await owner.Workspace.Fire("b2", "long_after_removal");
        await other.Shows("long_after_removal");

        Assert.False(page.Says("after_removal"), string.Join('\n', page.Texts));
        Assert.False(page.Says("before_removal"), string.Join('\n', page.Texts));
        await Assert.ThrowsAsync<WebSocketException>(() => OpenPage.Connect(browser, stays));
    }

    [Fact]
    public async Task An_account_of_two_workspaces_is_shown_one_at_a_time()
    {
        var (first, cookies) = (await Member("first"), new CookieContainer());
        using var _ = first.Browser;
        var second = await TestWorkspace.Create(server.Api, id: "second-space", owner: first.Email);
        var foreign = await Member("foreign");
        using var __ = foreign.Browser;
        await first.Workspace.AddMoment("moment_of_first");
        await second.AddMoment("moment_of_second");
        await foreign.Workspace.AddMoment("moment_of_foreign");
        using var browser = await server.SignIn(first.Email, cookies);
        await using var page = await OpenPage.Open(browser, cookies, "/moments");
        await page.Shows("moment_of_first");
        var before = cookies.GetCookieHeader(browser.BaseAddress!);

        Assert.Equal(HttpStatusCode.NotFound, await Switch(browser, foreign.Workspace.Id));
        Assert.Contains("moment_of_first", await browser.GetStringAsync("/moments"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await Switch(browser, second.Id));

        // The tab that was open goes on in the first, and does not come back in the second; the new one knows only the second.
        await using var switched = await OpenPage.Open(browser, cookies, "/moments");
        await switched.Shows("moment_of_second");
        await switched.GoTo(browser, "/moments/moment_of_first");
        await switched.Shows("No such moment");
        await first.Workspace.AddMoment("later_of_first");
        await second.AddMoment("later_of_second");
        await page.Shows("later_of_first");
        await switched.GoTo(browser, "/moments");
        await switched.Shows("later_of_second");
        Assert.False(page.Says("of_second") || switched.Says("later_of_first") || page.Says("of_foreign") || switched.Says("of_foreign"));
        await using (var back = await OpenPage.Connect(browser, cookies))
        {
            Assert.Equal(bool.FalseString, await back.Circuit.Call("ConnectCircuit", page.Circuit.Secret));
        }

        // The cookie of before is one of the first workspace still.
        using HttpRequestMessage old = new(HttpMethod.Get, new Uri(browser.BaseAddress!, "/moments"));
        old.Headers.Add("Cookie", before);
        using var answer = await server.Api.Http.SendAsync(old);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("moment_of_first", html, StringComparison.Ordinal);
        Assert.DoesNotContain("moment_of_second", html, StringComparison.Ordinal);
        Assert.DoesNotContain("of_first", await browser.GetStringAsync("/moments"), StringComparison.Ordinal);
        Assert.DoesNotContain("of_first", await browser.GetStringAsync("/settings/audit"), StringComparison.Ordinal);
    }

    private static async Task Soon(Func<bool> holds, Func<string> otherwise)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), otherwise());
            await Task.Delay(20);
        }
    }

    /// <summary>Every page of the table that a circuit can show, with every query.</summary>
    private static IEnumerable<string> Pages() => RouteTable.All
        .Where(static e => e.Door is Door.Browser && e.Method == "GET" && (e.Target.StartsWith("/moments", StringComparison.Ordinal) || e.Target.StartsWith("/people", StringComparison.Ordinal)
            || (e.Target.StartsWith("/responses", StringComparison.Ordinal) || e.Target.StartsWith("/settings", StringComparison.Ordinal)) && !e.Target.Contains("export", StringComparison.Ordinal)))
        .SelectMany(static e => e.Queries.Select(q => e.Target + q));

    private static async Task<HttpStatusCode> Switch(HttpClient browser, string workspace)
    {
        var token = AntiforgeryToken.In(await browser.GetStringAsync("/account/sessions"));
        using var answer = await browser.PostAsync("/workspace", new FormUrlEncodedContent([new("workspace", workspace), new(AntiforgeryToken.Name, token)]));
        return answer.StatusCode;
    }

    /// <summary>What two pages part in; null when they say the same.</summary>
    private static async Task<string?> Difference((OpenPage Page, Ids Ids) one, (OpenPage Page, Ids Ids) other)
    {
        static HashSet<string> Said((OpenPage Page, Ids Ids) of) => [.. of.Page.Texts.Select(t => Digits().Replace(Answers.Still(of.Ids.Blank(t)), "#"))];
        await one.Page.Settles();
        await other.Page.Settles();
        var (first, second) = (Said(one), Said(other));
        return first.SetEquals(second) ? null : $"- {string.Join("\n- ", first.Except(second))}\n+ {string.Join("\n+ ", second.Except(first))}";
    }

    private static IEnumerable<string> Told(OpenPage page, Inhabited of, string named) => of.Secrets
        .Where(s => !named.Contains(s, StringComparison.Ordinal) && !Uri.UnescapeDataString(named).Contains(s, StringComparison.Ordinal) && page.Says(s))
        .Select(s => $"{named} tells {s}");

    private async Task<Person> Member(string name)
    {
        CookieContainer cookies = new();
        var email = name + "@example.com";
        var workspace = await TestWorkspace.Create(server.Api, id: name + "-space", owner: email);
        return new Person(email, workspace, await server.SignIn(email, cookies), cookies);
    }

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digits();

    private sealed record Person(string Email, TestWorkspace Workspace, HttpClient Browser, CookieContainer Cookies);
}
