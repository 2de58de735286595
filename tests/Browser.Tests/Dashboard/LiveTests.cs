using System.Globalization;
using System.Net.Http.Json;
using Conclude.Testing;
using Conclude.Testing.Network;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves in a browser that a page which loses its server comes back by itself with the right numbers, and that nothing done early is lost.</summary>
[Collection(Timed.Name)]
public sealed class LiveTests(ChromiumFixture chromium)
{
    private const string Path = "/moments?from=a-shared-view";

    [Fact]
    public async Task A_page_comes_back_by_itself_after_a_cut_a_restart_and_an_ended_sign_in()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings(("Conclude__Shutdown__DrainSeconds", "0")));
        using (var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = "report_exported", question = "How was it?" }))
        {
            made.EnsureSuccessStatusCode();
        }

        await using TcpProxy network = new(new Uri(silo.Address).Port);
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{network.Port}");
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await context.NewPageAsync();
        // As behind a proxy: how silos are is not for the world.
        await page.RouteAsync("**/health/**", static route => route.FulfillAsync(new() { Status = 404 }));
        await page.GotoAsync(address + Path);
        await SignIn(page);
        await IsLive(page);
        var row = page.Row("moment-row", "report_exported");
        await Fire(silo, 1);
        await row.ShowsCount("moment-fires", 1);

        // The circuit stays: what happened meanwhile is shown when the line is back, without a reload. A short cut is not worth a word.
        await page.EvaluateAsync("() => { window.sameDocument = true; }");
        network.Mode = ProxyMode.Cut;
        await Fire(silo, 2);
        network.Mode = ProxyMode.Open;
        await row.ShowsCount("moment-fires", 3);
        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument"));
        await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();

        // The server goes, and is another when it is back: the page says so calmly, loads itself again and is where it was.
        Assert.Equal(0, await silo.Terminate());
        await Expect(page.GetByText("Connection lost. Reconnecting…")).ToBeVisibleAsync();
        await Expect(row).ToBeVisibleAsync();
        await page.Take("reconnecting-light-desktop");
        await silo.Run();
        await Fire(silo, 1);
        await row.ShowsCount("moment-fires", 4);
        await IsLive(page);
        Assert.False(await page.EvaluateAsync<bool>("() => window.sameDocument === true"));
        Assert.EndsWith(Path, page.Url, StringComparison.Ordinal);
        await Fire(silo, 1);
        await row.ShowsCount("moment-fires", 5);

        // Nobody comes back into a circuit without a sign-in; after it they are where they were.
        await context.ClearCookiesAsync();
        network.Mode = ProxyMode.Cut;
        network.Mode = ProxyMode.Open;
        await SignIn(page);
        await row.ShowsCount("moment-fires", 5);
    }

    [Fact]
    public async Task What_is_done_before_the_page_is_live_is_done_then()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await Fire(silo, 1);
        await using var context = await chromium.Browser.NewContextAsync(new() { TimezoneId = "Asia/Tokyo" });
        var page = await context.NewPageAsync();
        await page.SignIn(silo);
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await open.Task;
            await route.ContinueAsync();
        });

        // The first HTML alone: it can be read; its controls say that they are disabled, and yet a click on one waits for the circuit.
        await page.GotoAsync(silo.Address + "/moments");
        var make = page.GetByTestId("new-moment");
        await Expect(make).ToBeDisabledAsync();
        var box = (await make.BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await Expect(page.GetByTestId("moment-drawer")).ToHaveCountAsync(0);
        open.SetResult();
        await Expect(page.GetByTestId("moment-drawer")).ToBeVisibleAsync();

        TaskCompletionSource again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        open = again;
        await page.GotoAsync(silo.Address + "/moments/observed");
        var find = page.GetByRole(AriaRole.Searchbox, new() { Name = "Find a name" });
        var menu = (await page.GetByTestId("account-menu").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(menu.X + (menu.Width / 2), menu.Y + (menu.Height / 2));
        await Expect(find).ToBeDisabledAsync();
        await Expect(page.Row("observed-row", "report_exported")).ToBeVisibleAsync();

        // Who goes to a field as soon as there is one is not fetched away from it, when the page puts the focus on its heading.
        await page.EvaluateAsync("""
            () => {
              const { live } = window.conclude;
              window.conclude.live = () => {
                live();
                if (window.gone) return;
                window.gone = true;
                document.querySelector("[name=q]").focus();
                addEventListener("focusin", e => (window.headed ||= e.target.matches("h1")));
              };
            }
            """);
        again.SetResult();
        await page.WaitForFunctionAsync("() => window.headed");
        await Expect(find).ToBeFocusedAsync();
        await find.FillAsync("nothing_like_it");
        await Expect(page.Row("observed-row", "report_exported")).ToBeHiddenAsync();
        await Expect(page.GetByTestId("sign-out")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_link_that_is_clicked_while_a_page_comes_alive_leads_where_it_says()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SignIn(silo);
        await IsLive(page);
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await open.Task;
            await route.ContinueAsync();
        });

        // Before the circuit is there the browser itself goes: a page fetched into this one would meet the circuit on the way.
        await page.GotoAsync(silo.Address + "/moments");
        var loaded = await page.RunAndWaitForRequestAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "Responses" }).ClickAsync(),
            request => new Uri(request.Url).AbsolutePath == "/responses");
        Assert.True(loaded.IsNavigationRequest);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Responses" })).ToBeVisibleAsync();

        // Pressed on the first HTML, released when the live page stands ready: what is pressed stays until then, here for as long as it takes.
        await page.EvaluateAsync("""
            () => {
              const { live } = window.conclude, { setTimeout } = window;
              window.setTimeout = (what, wait, ...more) => wait === 2000 ? 0 : setTimeout(what, wait, ...more);
              window.conclude.live = () => { live(); window.ready = true; };
            }
            """);
        await page.GetByRole(AriaRole.Link, new() { Name = "Members" }).HoverAsync();
        await page.Mouse.DownAsync();
        open.SetResult();
        await page.WaitForFunctionAsync("() => window.ready");
        Assert.Equal(0, await page.Locator("html[data-live]").CountAsync());
        await page.Mouse.UpAsync();
        await page.WaitForURLAsync("**/settings/members");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Members" })).ToBeVisibleAsync();
        await IsLive(page);

        // Nothing comes alive for who has signed out meanwhile: they are led to sign in.
        open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.ReloadAsync();
        await context.ClearCookiesAsync();
        open.SetResult();
        await page.WaitForURLAsync("**/sign-in?**");
    }

    /// <summary>From where the page was led to, and back.</summary>
    private static async Task SignIn(IPage page)
    {
        await page.WaitForURLAsync("**/sign-in?**");
        await page.GetByTestId("sign-in-email").FillAsync(SiloProcess.OwnerEmail);
        await page.GetByTestId("sign-in-password").FillAsync(SiloProcess.OwnerPassword);
        await page.GetByTestId("sign-in-submit").ClickAsync();
        await page.WaitForURLAsync("**" + Path);
    }

    private static Task IsLive(IPage page) => Expect(page.Locator("html[data-live]")).ToHaveCountAsync(1);

    private static async Task Fire(SiloProcess silo, int times)
    {
        using HttpClient widget = new() { BaseAddress = new Uri(silo.Address) };
        using var answer = await widget.PostAsJsonAsync("/api/v1/widget/events?key=" + SiloProcess.PublishableKey, new
        {
            user = new { anonymousId = "somebody" },
            events = Enumerable.Range(0, times).Select(static _ => new { id = Guid.CreateVersion7(), name = "report_exported" }),
        });
        answer.EnsureSuccessStatusCode();
    }
}
