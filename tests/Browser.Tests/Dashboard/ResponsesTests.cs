using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves in a browser that an admin finds what people said, takes it along as a file, follows one of them, and erases them.</summary>
public sealed class ResponsesTests(ChromiumFixture chromium)
{
    private const string Formula = "=HYPERLINK(\"https://evil.example\")";

    [Fact]
    public async Task What_is_filtered_is_what_the_file_holds_and_what_is_new_waits_while_one_reads()
    {
        await using var stage = await Stage.Set(chromium);
        await Answer(stage, "ada", "Acme", "https://app.acme.com/reports/7", "frustrated", Formula);
        await Answer(stage, "bob", "Acme", "https://app.acme.com/settings", "frustrated", "Slow, \"very\" slow,\nand then some");
        await Answer(stage, "eve", "Globex", "https://app.acme.com/reports", "positive", null);
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 400 } });
        var page = await context.NewPageAsync();
        await page.SignIn(stage.Silo);
        await page.GotoAsync(stage.Silo.Address + "/responses");
        var rows = page.GetByTestId("response-row");
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(page.GetByTestId("response-count")).ToHaveTextAsync("3 answers");

        // A filter is a link, a field, a button; all of them stand in the address, and each can be taken off by itself.
        await rows.First.GetByTestId("response-page").ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await page.GetByTestId("filter-company").FillAsync("aCME");
        await page.GetByTestId("filter-company").PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First.GetByTestId("response-comment")).ToHaveTextAsync(Formula);
        Assert.Equal("company=aCME&page=app.acme.com%2Freports", string.Join('&', new Uri(page.Url).Query.TrimStart('?').Split('&').Order(StringComparer.Ordinal)));
        await page.Locator("[data-testid=chip][data-filter=page]").ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await page.ReloadAsync();
        await Expect(page.Locator("[data-testid=chip]")).ToHaveCountAsync(1);
        await Expect(rows).ToHaveCountAsync(2);

        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("export-csv").ClickAsync());
        await Expect(page.GetByTestId("export")).ToContainTextAsync("2 rows saved");
        var file = await File.ReadAllTextAsync(await saved.PathAsync());
        Assert.Equal(file, await stage.Silo.Management.GetStringAsync("/api/v1/responses.csv?company=acme"));
        Assert.Contains("'=HYPERLINK", file, StringComparison.Ordinal);
        foreach (var row in await rows.AllAsync())
        {
            Assert.Contains((await row.GetAttributeAsync("data-prompt"))!, file, StringComparison.Ordinal);
        }

        // At the top it comes by itself; further down it is said, and nothing moves.
        await page.GetByTestId("clear-filters").ClickAsync();
        await Expect(rows).ToHaveCountAsync(3);
        await Answer(stage, "zed", "Globex", "https://app.acme.com/x", "neutral", null);
        await Expect(rows).ToHaveCountAsync(4);
        await page.EvaluateAsync("() => new Promise(scrolled => { addEventListener('scroll', scrolled, { once: true }); scrollTo(0, 260); })");
        await page.IsHeard();
        await Answer(stage, "kim", "Globex", "https://app.acme.com/x", "neutral", null);
        await Expect(page.GetByTestId("take-in")).ToHaveTextAsync("1 new");
        await Expect(rows).ToHaveCountAsync(4);
        await page.GetByTestId("take-in").ClickAsync();
        await Expect(rows).ToHaveCountAsync(5);
        await Expect(rows.First.GetByTestId("response-person")).ToHaveTextAsync("kim");
        await Expect(page.GetByTestId("response-count")).ToHaveTextAsync("5 answers");
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_not_saved()
    {
        await using var stage = await Stage.Set(chromium);
        await Answer(stage, "ada", "Acme", "https://app.acme.com/reports", "positive", null);
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        page.Download += (_, _) => Assert.Fail("Half a file was saved.");
        await page.SignIn(stage.Silo);
        await page.GotoAsync(stage.Silo.Address + "/responses");
        await Expect(page.GetByTestId("response-row")).ToHaveCountAsync(1);
        await page.RouteAsync("**/responses/export.csv*", static route => route.AbortAsync("connectionreset"));
        await page.GetByTestId("export-csv").ClickAsync();
        await Expect(page.GetByTestId("export")).ToContainTextAsync("Nothing was saved");
        await page.UnrouteAsync("**/responses/export.csv*");
        await page.RouteAsync("**/responses/export.csv*", static route => route.FulfillAsync(new() { Status = 503, Body = "{}" }));
        await page.GetByTestId("export-csv").ClickAsync();
        await Expect(page.GetByTestId("export")).ToContainTextAsync("could not make the file");
    }

    [Fact]
    public async Task A_person_is_followed_exported_and_erased_and_counts_stay()
    {
        const string Odd = "a/b%2F?ä #1";
        await using var stage = await Stage.Set(chromium);
        await Fire(stage, Odd, "Acme", "https://app.acme.com/x", "page_viewed");
        await Answer(stage, Odd, "Acme", "https://app.acme.com/reports", "frustrated", "Took ages.");
        await Answer(stage, "bob", "Acme", "https://app.acme.com/reports", "positive", null);
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SignIn(stage.Silo);
        await page.GotoAsync(stage.Silo.Address + "/responses?reaction=frustrated");
        await page.GetByTestId("response-person").ClickAsync();
        await Expect(page.GetByTestId("person-name")).ToHaveTextAsync(Odd);
        await Expect(page.GetByTestId("person-facts")).ToContainTextAsync(Odd);
        await Expect(page.GetByTestId("timeline-comment")).ToHaveTextAsync("Took ages.");
        await Expect(page.GetByTestId("timeline-outcome")).ToHaveTextAsync("Answered frustrated, with a comment");
        await Expect(page.Locator("[data-testid=timeline-fire][data-event=page_viewed]")).ToContainTextAsync("not a moment");
        await Expect(page.GetByTestId("activity-end")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByTestId("timeline-comment")).ToBeVisibleAsync();
        var address = page.Url;

        await page.GetByRole(AriaRole.Link, new() { Name = "Export or erase" }).ClickAsync();
        var found = page.GetByTestId("found-person");
        await Expect(found).ToContainTextAsync("1 comment");
        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("export-person").ClickAsync());
        Assert.Equal(await stage.Silo.Management.GetStringAsync("/api/v1/users/" + Uri.EscapeDataString(Odd)), await File.ReadAllTextAsync(await saved.PathAsync()));
        using (HttpClient stranger = new(new SocketsHttpHandler { AllowAutoRedirect = false }))
        {
            using var refused = await stranger.GetAsync($"{stage.Silo.Address}/settings/privacy/export.json?externalId=bob");
            using var file = await stranger.GetAsync($"{stage.Silo.Address}/responses/export.csv");
            Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (refused.StatusCode, file.StatusCode));
        }

        var before = await Totals(stage);
        await page.GetByTestId("erase-person").ClickAsync();
        await page.Locator("[name=confirm]").FillAsync("bob");
        await page.GetByTestId("erase-sure").ClickAsync();
        await Expect(page.Locator("[data-field=confirm]")).ToContainTextAsync("not the id");
        await page.Locator("[name=confirm]").FillAsync(Odd);
        await page.GetByTestId("erase-sure").ClickAsync();
        await Expect(page.GetByTestId("erased")).ToContainTextAsync("2 events and 1 prompt");
        Assert.Equal(before, await Totals(stage));

        await page.GotoAsync(address);
        await Expect(page.GetByTestId("no-person")).ToBeVisibleAsync();
        await page.GotoAsync(stage.Silo.Address + "/responses");
        await Expect(page.GetByTestId("response-row")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("response-person")).ToHaveCountAsync(1);
        Assert.DoesNotContain("Took ages.", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync(stage.Silo.Address + "/settings/privacy");
        await page.IsLive();
        await page.Locator("[name=person]").FillAsync(Odd);
        // Before the server has heard of the text.
        await page.Locator("[name=person]").PressAsync("Enter");
        await Expect(page.GetByTestId("find-result")).ToContainTextAsync("Nobody");
        await page.Locator("[name=by]").SelectOptionAsync("Email");
        await page.Locator("[name=person]").FillAsync("BOB@acme.com");
        await page.GetByTestId("find-person").ClickAsync();
        await Expect(found).ToContainTextAsync("bob");
    }

    private static async Task<string> Totals(Stage stage) => (await stage.Silo.Get("/api/v1/moments/report_exported/stats"))["totals"]!.ToJsonString();

    private static async Task Answer(Stage stage, string person, string company, string url, string reaction, string? comment)
    {
        using HttpClient widget = new();
        var prompt = await Fire(stage, person, company, url, "report_exported");
        await Step("reaction", new { reaction });
        if (comment is not null)
        {
            await Step("comment", new { text = comment });
        }

        async Task Step(string step, object body)
        {
            using var content = new StringContent(JsonSerializer.Serialize(body));
            using var done = await widget.PostAsync($"{stage.Silo.Address}/api/v1/widget/prompts/{prompt}/{step}?key={SiloProcess.PublishableKey}", content);
            Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        }
    }

    private static async Task<string?> Fire(Stage stage, string person, string company, string url, string name)
    {
        using HttpClient widget = new();
        using var content = new StringContent(JsonSerializer.Serialize(new
        {
            user = new { externalId = person, email = (person.Length == 3 ? person : "odd") + "@acme.com", name = person, companies = new[] { new { id = "co_" + company, name = company } } },
            context = new { url },
            events = new[] { new { id = Guid.CreateVersion7(), name } },
        }));
        using var answer = await widget.PostAsync($"{stage.Silo.Address}/api/v1/widget/events?key={SiloProcess.PublishableKey}", content);
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["prompt"]?["id"];
    }
}
