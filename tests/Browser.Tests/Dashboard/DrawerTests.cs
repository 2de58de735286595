using System.Net;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves what people do in the drawer: make a moment by keyboard, leave it or not, edit it side by side with somebody else, copy it and delete it.</summary>
public sealed class DrawerTests(ChromiumFixture chromium, DrawerHost host) : IClassFixture<DrawerHost>
{
    [Fact]
    public async Task A_moment_with_rules_a_schedule_and_a_language_is_made_by_keyboard_alone()
    {
        var page = await host.Admin(chromium.Browser);
        await using var context = page.Context;
        var drawer = page.GetByTestId("moment-drawer");
        await TabTo(page, "[data-testid=new-moment]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(drawer.Locator("[name=event]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("report_made");
        await TabTo(page, "[name=question]");
        await page.Keyboard.TypeAsync("How was the report?");

        // Two rules, the second moved before the first.
        await TabTo(page, "[data-testid=add-rule]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(drawer.Locator("[name='audience[0].field']")).ToBeFocusedAsync();
        await TabTo(page, "[name='audience[0].value']");
        await page.Keyboard.TypeAsync("/reports");
        await TabTo(page, "[data-testid=add-rule]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(drawer.Locator("[name='audience[1].field']")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("oth");
        await Expect(drawer.Locator("[name='audience[1].trait']")).ToBeVisibleAsync();
        await TabTo(page, "[name='audience[1].trait']");
        await page.Keyboard.TypeAsync("plan");
        await TabTo(page, "[name='audience[1].value']");
        await page.Keyboard.TypeAsync("pro");
        await Expect(drawer.GetByTestId("audience-sentence")).ToHaveTextAsync("Asked only when page URL contains /reports and plan is pro.");
        await TabTo(page, "[aria-label='Move rule 2 up']");
        await page.Keyboard.PressAsync("Enter");
        await Expect(drawer.GetByTestId("audience-sentence")).ToHaveTextAsync("Asked only when plan is pro and page URL contains /reports.");
        await Expect(drawer.GetByTestId("forecast")).ToContainTextAsync("No traffic yet.");

        await TabTo(page, "[name=startsAt]");
        await page.Keyboard.TypeAsync("12242999");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.TypeAsync("0930AM");
        await Expect(drawer.GetByTestId("schedule-words")).ToContainTextAsync("Starts in ");

        await TabTo(page, "[data-testid=language]");
        await page.Keyboard.TypeAsync("Arabic");
        await page.Keyboard.PressAsync("Enter");
        await Expect(drawer.Locator("[name='translations.ar.question']")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("كيف كان؟");
        await Expect(drawer.FrameLocator("iframe").Locator("conclude-prompt")).ToContainTextAsync("كيف كان؟");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("لماذا؟");
        await TabTo(page, "[data-testid=save-moment]");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByTestId("snippet")).ToContainTextAsync("report_made");
        var expected = JsonNode.Parse("""
            {"event":"report_made","enabled":true,"oncePerUser":false,"question":"How was the report?","followUp":null,"samplingRate":100,"samplingMode":"per_fire",
             "cooldownHours":24,"delaySeconds":0,"startsAt":"2999-12-24T08:30:00Z","endsAt":null,"responseCap":null,
             "audience":[{"field":"trait.plan","op":"is","value":"pro"},{"field":"page.url","op":"contains","value":"/reports"}],
             "translations":{"ar":{"question":"كيف كان؟","followUp":"لماذا؟"}}}
            """);
        var made = await host.Read("report_made");
        Assert.True(JsonNode.DeepEquals(expected, made), made.ToJsonString());
    }

    [Fact]
    public async Task Changes_are_never_lost_without_a_question_and_nothing_is_asked_without_changes()
    {
        await host.Make(new { @event = "guarded", question = "As it was?" });
        var page = await host.Admin(chromium.Browser);
        await using var context = page.Context;
        var drawer = page.GetByTestId("moment-drawer");
        var unsaved = page.GetByTestId("unsaved");
        var question = drawer.Locator("[name=question]");
        // A page of the dashboard to go back to.
        await page.Locator("a[href='/moments/observed']").First.ClickAsync();
        await page.WaitForURLAsync("**/moments/observed");
        await Expect(page.GetByTestId("live-feed")).ToBeVisibleAsync();
        await page.Locator("a[href='/moments']").Last.ClickAsync();
        await page.WaitForURLAsync("**/moments");
        await Edit(page, "guarded");
        await question.FillAsync("As it was?!");
        await question.FillAsync("As it was?");
        await page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToHaveCountAsync(0);

        // A rule that fails stands at its row; the drawer stays.
        await Edit(page, "guarded");
        await question.FillAsync("Changed?");
        await drawer.GetByTestId("add-rule").ClickAsync();
        await drawer.GetByTestId("save-moment").ClickAsync();
        await Expect(drawer.Locator("[data-field='audience[0]']")).ToHaveTextAsync("Value is missing");
        await Expect(drawer.Locator("[name='audience[0].value']")).ToBeFocusedAsync();

        foreach (var leave in new Func<Task>[] { () => page.Keyboard.PressAsync("Escape"), () => drawer.GetByText("Cancel").ClickAsync(), () => page.EvaluateAsync("history.back()") })
        {
            await leave();
            await Expect(page.GetByTestId("stay")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(unsaved).ToHaveCountAsync(0);
            await Expect(question).ToHaveValueAsync("Changed?");
        }

        await Expect(page).ToHaveURLAsync(host.Silo.Address + "/moments");
        var asked = new TaskCompletionSource<IDialog>();
        page.Dialog += (_, dialog) => asked.TrySetResult(dialog);
        await page.EvaluateAsync("() => void setTimeout(() => location.reload())");
        var dialog = await asked.Task.Patient();
        await dialog.DismissAsync();
        Assert.Equal("beforeunload", dialog.Type);
        await Expect(question).ToHaveValueAsync("Changed?");

        await drawer.GetByLabel("Close").ClickAsync();
        await page.GetByTestId("leave").ClickAsync();
        await Expect(drawer).ToHaveCountAsync(0);
        Assert.Equal("As it was?", (string?)(await host.Read("guarded"))["question"]);
    }

    [Fact]
    public async Task Who_begins_to_type_before_the_drawer_is_told_of_is_left_where_they_are()
    {
        var page = await host.Admin(chromium.Browser);
        await using var context = page.Context;
        await page.EvaluateAsync("() => { const { focus } = conclude; conclude.focus = selector => { window.focusLate = () => focus(selector); }; }");
        await page.GetByTestId("new-moment").First.ClickAsync();
        await page.WaitForFunctionAsync("() => window.focusLate");
        var question = page.GetByTestId("moment-drawer").Locator("[name=question]");
        await question.FocusAsync();
        await page.EvaluateAsync("() => window.focusLate()");
        await page.Keyboard.TypeAsync("How was it?");
        await Expect(question).ToHaveValueAsync("How was it?");
    }

    [Fact]
    public async Task Of_two_admins_at_once_the_second_is_told_and_nothing_is_overwritten()
    {
        await host.Make(new { @event = "shared", question = "First?", cooldownHours = 24 });
        var (ada, bob) = (await host.Admin(chromium.Browser), await host.Admin(chromium.Browser));
        await using var contexts = ada.Context;
        await using var others = bob.Context;
        var (adas, bobs) = (ada.GetByTestId("moment-drawer"), bob.GetByTestId("moment-drawer"));
        await Edit(ada, "shared");
        await Edit(bob, "shared");
        await adas.Locator("[name=question]").FillAsync("Ada's?");
        // She has begun before he saves.
        await Expect(adas).ToHaveAttributeAsync("data-changed", "");
        await bobs.Locator("[name=cooldownHours]").FillAsync("48");
        await bobs.GetByTestId("save-moment").ClickAsync();
        await Expect(bobs).ToHaveCountAsync(0);

        // She is told at once, and sees whose is what; both are wanted.
        await Expect(adas.GetByTestId("moment-problem")).ToContainTextAsync("Somebody else changed this moment");
        await Expect(adas.Locator("tr[data-field=cooldownHours]")).ToContainTextAsync("48 hours");
        await Expect(adas.Locator("tr[data-field=question]")).ToContainTextAsync("Ada's?");
        await ada.Take("drawer-conflict-light-1280");
        await adas.GetByTestId("save-moment").ClickThrough();
        await Expect(adas.GetByTestId("moment-conflict")).ToBeVisibleAsync();
        Assert.Equal("First?", (string?)(await host.Read("shared"))["question"]);
        await adas.GetByTestId("save-both").ClickAsync();
        await Expect(adas).ToHaveCountAsync(0);
        var both = await host.Read("shared");
        Assert.Equal(("Ada's?", 48), ((string?)both["question"], (int)both["cooldownHours"]!));

        // The other way: his is dropped for hers.
        await Expect(bob.Row("moment-row", "shared")).ToContainTextAsync("Ada's?");
        await Edit(bob, "shared");
        await bobs.Locator("[name=question]").FillAsync("Bob's?");
        await Expect(bobs).ToHaveAttributeAsync("data-changed", "");
        await Edit(ada, "shared");
        await adas.Locator("[name=question]").FillAsync("Ada's again?");
        await adas.GetByTestId("save-moment").ClickAsync();
        await bobs.GetByTestId("load-latest").ClickAsync();
        await Expect(bobs.Locator("[name=question]")).ToHaveValueAsync("Ada's again?");
        await Expect(bobs.GetByTestId("moment-problem")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_moment_is_copied_and_the_copy_deleted()
    {
        await host.Make(new
        {
            @event = "copied",
            question = "How?",
            followUp = "Why?",
            samplingRate = 12.5,
            audience = new[] { new { field = "user.email", op = "exists" } },
            translations = new { de = new { question = "Wie?" } },
        });
        var page = await host.Admin(chromium.Browser);
        await using var context = page.Context;
        var drawer = page.GetByTestId("moment-drawer");
        await Edit(page, "copied");
        await drawer.GetByTestId("duplicate-moment").ClickAsync();
        await Expect(drawer.Locator("[name=event]")).ToHaveValueAsync("");
        await drawer.Locator("[name=event]").FillAsync("copy");
        await drawer.GetByTestId("save-moment").ClickAsync();
        await Expect(page.Row("moment-row", "copy")).ToBeVisibleAsync();
        var (original, copy) = (await host.Read("copied"), await host.Read("copy"));
        (original["event"], original["enabled"]) = ("copy", false);
        Assert.True(JsonNode.DeepEquals(original, copy), copy.ToJsonString());

        await Edit(page, "copy");
        await drawer.GetByTestId("remove-moment").ClickAsync();
        await Expect(page.GetByTestId("remove-dialog")).ToContainTextAsync("Its history is kept: it has no answers yet");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-testid=remove-dialog]').contains(document.activeElement)");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("remove-dialog")).ToHaveCountAsync(0);
        await Expect(drawer).ToBeVisibleAsync();
        await drawer.GetByTestId("remove-moment").ClickAsync();
        await page.GetByTestId("confirm-remove").ClickAsync();
        await Expect(drawer).ToHaveCountAsync(0);
        await Expect(page.Row("moment-row", "copy")).ToHaveCountAsync(0);
        using var gone = await host.Silo.Management.GetAsync("/api/v1/moments/copy", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static async Task Edit(IPage page, string eventName)
    {
        await page.Row("moment-row", eventName).GetByTestId("row-menu").ClickAsync();
        await page.Row("moment-row", eventName).GetByTestId("edit-moment").ClickAsync();
        await Expect(page.GetByTestId("moment-drawer").Locator("[name=question]")).ToBeFocusedAsync();
    }

    private static async Task TabTo(IPage page, string selector)
    {
        for (var stops = 0; stops < 60; stops++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) === true", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} is not reached by the Tab key.");
    }
}
