using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests;

/// <summary>Proves in a browser that what an admin saves under Settings is in force, and that nothing is overwritten or lost in silence.</summary>
public sealed class SettingsTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task What_is_saved_is_in_force_and_what_is_wrong_is_said_at_its_field()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SignIn(silo);
        await page.GotoAsync(silo.Address + "/settings/general");
        await Expect(page.Locator("[name=quietPeriodHours]")).ToHaveValueAsync("0");

        await page.Locator("[name=quietPeriodHours]").FillAsync("a day");
        await page.GetByTestId("save-settings").ClickAsync();
        await Expect(page.Locator("[data-field=quietPeriodHours]")).ToContainTextAsync("number of hours");
        Assert.Equal(0, (decimal)(await silo.Get("/api/v1/settings"))["quietPeriodHours"]!);
        await page.Locator("[name=quietPeriodHours]").FillAsync("36.5");
        await page.Locator("[name=retentionDays]").FillAsync("90");
        await Save(page);

        await page.GotoAsync(silo.Address + "/settings/embed?show=origins");
        await page.Locator("[name=allowedOrigins]").FillAsync("https://App.Acme.com/\nnowhere");
        await page.GetByTestId("save-settings").ClickAsync();
        await Expect(page.Locator("[data-field=allowedOrigins]")).ToContainTextAsync("nowhere is none");
        await page.Locator("[name=allowedOrigins]").FillAsync("https://App.Acme.com/");
        await Save(page);

        // The real widget wears what is chosen before it is saved.
        await page.GotoAsync(silo.Address + "/settings/embed?show=look");
        await page.FrameLocator("[data-testid=preview] iframe").Locator("conclude-prompt [data-reaction=positive]").WaitForAsync();
        await page.Locator("[name=placement]").SelectOptionAsync("top-left");
        await page.Frames[1].WaitForFunctionAsync("() => { const box = document.querySelector('conclude-prompt')?.shadowRoot.querySelector('section').getBoundingClientRect(); return box && box.left < 40 && box.top < 40; }");
        await Save(page);
        var saved = await silo.Get("/api/v1/settings");
        Assert.Equal((36.5m, "top-left", 90), ((decimal)saved["quietPeriodHours"]!, (string)saved["theme"]!["placement"]!, (int)saved["retentionDays"]!));
        Assert.Equal("""["https://app.acme.com"]""", saved["allowedOrigins"]!.ToJsonString());

        // Somebody else is faster: this page's change is not made, and it shows theirs.
        await page.GotoAsync(silo.Address + "/settings/general");
        await page.Locator("[name=quietPeriodHours]").FillAsync("1");
        saved["quietPeriodHours"] = 72;
        using (var theirs = await silo.Management.PutAsJsonAsync("/api/v1/settings", saved))
        {
            theirs.EnsureSuccessStatusCode();
        }

        await page.GetByTestId("save-settings").ClickAsync();
        await Expect(page.GetByTestId("settings-problem")).ToContainTextAsync("Somebody else changed these settings");
        await Expect(page.Locator("[name=quietPeriodHours]")).ToHaveValueAsync("72");
        Assert.Equal(72, (decimal)(await silo.Get("/api/v1/settings"))["quietPeriodHours"]!);
    }

    [Fact]
    public async Task Keys_are_made_revoked_and_regenerated_and_usage_warns_before_the_limit()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings(("Conclude__Bootstrap__Plan", "tiny"), ("Conclude__Plans__tiny__EventsPerMonth", "5")));
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SignIn(silo);
        await page.GotoAsync(silo.Address + "/settings/keys");
        var rows = page.Locator("[data-testid=key-row][data-kind=publishable]");
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByTestId("new-publishable").ClickThrough();
        await Expect(rows).ToHaveCountAsync(2);
        var fresh = (await rows.First.Locator("code").TextContentAsync())!;
        Assert.Equal(HttpStatusCode.OK, await Fire(silo, fresh));

        // Named, and held to pages that are not the test's.
        await rows.First.GetByTestId("edit-key").ClickAsync();
        await page.Locator("[name=requestsPerSecond]").FillAsync("none");
        await page.GetByTestId("save-key").ClickAsync();
        await Expect(page.Locator("[data-field=requestsPerSecond]")).ToBeVisibleAsync();
        await page.Locator("[name=requestsPerSecond]").FillAsync("500");
        await page.Locator("[name=name]").FillAsync("Web app");
        await page.Locator("[name=allowedOrigins]").FillAsync("https://app.acme.com");
        await page.GetByTestId("save-key").ClickAsync();
        await Expect(rows.First.GetByTestId("key-name")).ToHaveTextAsync("Web app");
        await Expect(rows.First.GetByTestId("key-bounds")).ToHaveTextAsync("500 requests a second · https://app.acme.com");
        await NoDialog(page);
        await page.Take("keys-named");
        // Nothing behind a dialog moves, on a page that was scrolled either.
        const string Places = "() => ['.sidebar', '[data-testid=new-test]'].map(s => document.querySelector(s).getBoundingClientRect()).map(r => `${r.top} ${r.right}`).join()";
        await page.Mouse.WheelAsync(0, 40);
        await page.WaitForFunctionAsync("() => scrollY === 40");
        var places = await page.EvaluateAsync<string>(Places);
        await rows.First.GetByTestId("edit-key").ClickAsync();
        await Expect(page.Locator("[name=allowedOrigins]")).ToHaveValueAsync("https://app.acme.com");
        Assert.Equal(places, await page.EvaluateAsync<string>(Places));
        await page.Take("key-dialog");
        await page.Locator("[name=allowedOrigins]").FillAsync("");
        await page.GetByTestId("save-key").ClickAsync();
        await Expect(rows.First.GetByTestId("key-bounds")).ToHaveTextAsync("500 requests a second");
        await NoDialog(page);

        await rows.Last.GetByTestId("revoke-key").ClickAsync();
        await page.GetByTestId("sure").ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        Assert.Equal(HttpStatusCode.Unauthorized, await Fire(silo, SiloProcess.PublishableKey));
        Assert.Equal(HttpStatusCode.OK, await Fire(silo, fresh));

        await page.GetByTestId("new-secret").ClickAsync();
        await page.GetByTestId("sure").ClickAsync();
        var secret = await page.GetByTestId("secret-key").TextContentAsync();
        Assert.Equal(HttpStatusCode.OK, await Usage(silo, secret!));
        Assert.Equal(HttpStatusCode.Unauthorized, await Usage(silo, SiloProcess.SecretKey));
        await page.ReloadAsync();
        await Expect(page.Locator("[data-testid=key-row][data-kind=secret]")).ToHaveCountAsync(1);
        Assert.DoesNotContain(secret!, await page.ContentAsync(), StringComparison.Ordinal);

        await page.GotoAsync(silo.Address + "/settings/billing");
        await Expect(page.GetByTestId("usage-events")).ToHaveAttributeAsync("data-used", "2");
        await Expect(page.GetByTestId("usage-banner")).ToHaveCountAsync(0);
        await Fire(silo, fresh);
        await Fire(silo, fresh);
        await Expect(page.GetByTestId("usage-events")).ToHaveAttributeAsync("data-used", "4");
        await Expect(page.GetByTestId("usage-banner")).ToContainTextAsync("80%");
        await Fire(silo, fresh);
        await Expect(page.GetByTestId("usage-banner")).ToContainTextAsync("used up");

        // Over the limit nothing is recorded; every page says so, and what is shown stays true.
        await Fire(silo, fresh);
        await page.GotoAsync(silo.Address + "/moments");
        await Expect(page.GetByTestId("usage-banner")).ToContainTextAsync("used up");
        await page.GetByTestId("usage-banner").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("usage-events")).ToHaveAttributeAsync("data-used", "5");
    }

    /// <summary>The row shows what was saved before its dialog has gone.</summary>
    private static Task NoDialog(IPage page) => Expect(page.Locator(".rz-dialog-mask")).ToHaveCountAsync(0);

    private static Task Save(IPage page) => page.Says("Settings were saved.", () => page.GetByTestId("save-settings").ClickAsync());

    private static async Task<HttpStatusCode> Fire(SiloProcess silo, string key)
    {
        using HttpClient widget = new();
        JsonObject body = new()
        {
            ["user"] = new JsonObject { ["anonymousId"] = "ada" },
            ["events"] = new JsonArray(new JsonObject { ["id"] = Guid.CreateVersion7().ToString(), ["name"] = "page_viewed" }),
        };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "text/plain");
        using var answer = await widget.PostAsync($"{silo.Address}/api/v1/widget/events?key={key}", content);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> Usage(SiloProcess silo, string secret)
    {
        using HttpClient program = new() { DefaultRequestHeaders = { { "x-conclude-api-key", secret } } };
        using var answer = await program.GetAsync(silo.Address + "/api/v1/usage");
        return answer.StatusCode;
    }
}
