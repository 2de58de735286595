using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Conclude.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves in a browser that people come in by a link, may what their role allows at once, leave at once, and that the audit log tells it.</summary>
public sealed class MembersTests(ChromiumFixture chromium)
{
    private const string Ada = "ada@acme.com";
    private const string Password = "four unrelated words here";

    [Fact]
    public async Task Somebody_is_invited_comes_in_changes_what_their_role_allows_and_is_removed()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await using var owners = await chromium.Browser.NewContextAsync();
        await using var adas = await chromium.Browser.NewContextAsync();
        var (owner, ada) = (await owners.NewPageAsync(), await adas.NewPageAsync());
        using (var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = "report_exported", question = "How was it?" }))
        {
            made.EnsureSuccessStatusCode();
        }

        await owner.SignIn(silo);

        // Invited by a link that is shown once, and in with a password of her own.
        await owner.GotoAsync(silo.Address + "/settings/members");
        await owner.Locator("[name=email]").FillAsync("nobody");
        await owner.GetByTestId("make-invite").ClickAsync();
        await Expect(owner.Locator("[data-field=email]")).ToContainTextAsync("address");
        await owner.Locator("[name=email]").FillAsync(Ada);
        await owner.Locator("[name=role]").SelectOptionAsync("Admin");
        await owner.GetByTestId("make-invite").ClickAsync();
        var link = (await owner.GetByTestId("invite-link").TextContentAsync())!;
        await Expect(owner.Locator($"[data-testid=invite-row][data-email='{Ada}']")).ToBeVisibleAsync();
        await IsAccessible(owner);
        await ada.GotoAsync(link);
        await IsAccessible(ada);
        await ada.GetByTestId("invite-password").FillAsync(Password);
        await ada.GetByTestId("invite-accept").ClickAsync();
        await ada.WaitForURLAsync("**/moments");
        var row = owner.Locator($"[data-testid=member-row][data-email='{Ada}']");
        await Expect(row).ToBeVisibleAsync();
        await Expect(owner.GetByTestId("invite-row")).ToHaveCountAsync(0);

        // An admin changes settings, and nothing about owners.
        await ada.GotoAsync(silo.Address + "/settings/members");
        await Expect(ada.Locator($"[data-testid=member-row][data-email='{SiloProcess.OwnerEmail}']").GetByTestId("remove-member")).ToHaveCountAsync(0);
        await ada.GotoAsync(silo.Address + "/settings/general");
        await ada.Locator("[name=quietPeriodHours]").FillAsync("36");
        await ada.Says("Settings were saved.", () => ada.GetByTestId("save-settings").ClickAsync());

        // The role changes while her page is open; a button that she enables again by hand saves nothing.
        await row.GetByTestId("member-role").SelectOptionAsync("Viewer");
        await Expect(ada.GetByTestId("save-settings")).ToBeDisabledAsync();
        await Expect(row.GetByTestId("member-role")).ToHaveValueAsync("Viewer");
        await ada.Locator("[name=quietPeriodHours]").FillAsync("99");
        await ada.EvaluateAsync("document.querySelector('[data-testid=settings-form]').requestSubmit()");
        await Expect(ada.GetByTestId("settings-problem")).ToContainTextAsync("Viewers cannot change settings");
        Assert.Equal(36, (decimal)(await silo.Get("/api/v1/settings"))["quietPeriodHours"]!);

        // Nor does a switch stay where she puts it by hand.
        await ada.GotoAsync(silo.Address + "/moments");
        var asks = ada.Row("moment-row", "report_exported").GetByRole(AriaRole.Switch);
        await ada.IsLive();
        await Expect(asks).ToBeDisabledAsync();
        await ada.Says("Viewers cannot change moments", () => asks.EvaluateAsync("asks => { asks.disabled = false; asks.click(); }"));
        await Expect(asks).ToBeCheckedAsync();

        // The log tells it in a sentence, with what was before and after.
        await owner.GotoAsync(silo.Address + "/settings/audit");
        await Expect(owner.GetByTestId("audit-row").First).ToContainTextAsync($"{SiloProcess.OwnerEmail} made {Ada}, an admin before, a viewer");
        var change = owner.Locator("[data-testid=audit-row][data-kind='settings.changed']");
        await Expect(change).ToContainTextAsync($"{Ada} changed quiet period in the settings");
        await change.GetByTestId("audit-details").ClickAsync();
        await Expect(change.Locator("tbody tr")).ToHaveTextAsync(["Quiet period, hours036"]);
        await IsAccessible(owner);
        await owner.GetByTestId("audit-author").SelectOptionAsync(Ada);
        await Expect(owner.GetByTestId("audit-row")).ToHaveCountAsync(2);
        await owner.GetByTestId("audit-kind").SelectOptionAsync("member");
        await Expect(owner.GetByTestId("audit-row")).ToContainTextAsync([$"{Ada} joined as an admin, invited by {SiloProcess.OwnerEmail}"]);
        var told = (await silo.Get("/api/v1/audit?kind=settings&limit=1"))["items"]![0]!;
        Assert.Equal(("settings.changed", "member", Ada), ((string)told["kind"]!, (string)told["author"]!["kind"]!, (string)told["author"]!["id"]!));
        Assert.Equal("36", (string)Assert.Single((JsonArray)told["changes"]!)!["after"]!);

        // Removed: her open page ends by itself.
        await owner.GotoAsync(silo.Address + "/settings/members");
        await row.GetByTestId("remove-member").ClickAsync();
        await owner.GetByTestId("sure").ClickAsync();
        await ada.WaitForURLAsync("**/sign-in**");
        await Expect(row).ToHaveCountAsync(0);
        await owner.GetByTestId("leave").ClickAsync();
        await owner.GetByTestId("sure").ClickAsync();
        await Expect(owner.GetByTestId("members-problem")).ToContainTextAsync("one owner at least");

        // What was refused is not shown as if it were so.
        await owner.ReloadAsync();
        await owner.GetByTestId("member-role").SelectOptionAsync("Viewer");
        await Expect(owner.GetByTestId("members-problem")).ToContainTextAsync("one owner at least");
        await Expect(owner.GetByTestId("member-role")).ToHaveValueAsync("Owner");
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_page_that_is_open_in_another_browser()
    {
        await using var silo = await SiloProcess.Start(TestStore.Settings());
        await using var here = await chromium.Browser.NewContextAsync();
        await using var there = await chromium.Browser.NewContextAsync();
        var (laptop, phone) = (await here.NewPageAsync(), await there.NewPageAsync());
        await phone.SignIn(silo);
        await phone.IsLive();
        await laptop.SignIn(silo);

        await laptop.GetByTestId("account-menu").ClickAsync();
        await laptop.GetByTestId("sessions-link").ClickAsync();
        await Expect(laptop.GetByTestId("session-row")).ToHaveCountAsync(2);
        await Expect(laptop.Locator("[data-testid=session-row][data-current=true]")).ToContainTextAsync("This browser");
        await IsAccessible(laptop);
        await laptop.GetByTestId("sign-out-everywhere").ClickAsync();

        await laptop.WaitForURLAsync("**/sign-in");
        await phone.WaitForURLAsync("**/sign-in**");
    }

    private static async Task IsAccessible(IPage page) => Assert.Empty((await page.RunAxe()).Violations.Select(static v => $"{v.Id}: {v.Help} {v.Nodes[0].Html}"));
}
