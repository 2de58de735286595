using Conclude.Testing;
using Conclude.Testing.Webhooks;
using static Microsoft.Playwright.Assertions;

namespace Conclude.Browser.Tests.Dashboard;

/// <summary>Proves in a browser that an admin sets a webhook up, tries it, sees why it failed, and sends it again.</summary>
public sealed class WebhooksTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task A_webhook_is_set_up_tried_and_replayed()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answer = static _ => 500;
        await using var silo = await SiloProcess.Start(("Conclude__Webhooks__AllowHttp", "true"), ("Conclude__Webhooks__AllowPrivate", "true"));
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SignIn(silo);
        await page.GotoAsync(silo.Address + "/settings/webhooks");
        await page.GetByTestId("new-webhook").ClickAsync();
        await page.Locator("[name=url]").FillAsync("nowhere");
        await page.GetByTestId("save-webhook").ClickAsync();
        await Expect(page.Locator("[data-field=url]")).ToContainTextAsync("https://example.com/hooks");
        await page.Locator("[name=url]").FillAsync(receiver.Url);
        await page.Locator("[name=description]").FillAsync("<b>Billing</b>");
        await page.Locator("[name='comment.created']").UncheckAsync();
        await page.GetByTestId("save-webhook").ClickAsync();

        var secret = (await page.GetByTestId("webhook-secret").TextContentAsync())!;
        var card = page.GetByTestId("webhook");
        await Expect(card).ToContainTextAsync("<b>Billing</b>");
        var saved = (await silo.Get("/api/v1/webhooks"))["items"]![0]!;
        Assert.Equal("""["reaction.created"]""", saved["events"]!.ToJsonString());

        await card.GetByTestId("test-webhook").ClickAsync();
        var delivery = card.GetByTestId("delivery");
        await Expect(delivery).ToContainTextAsync("Retrying, 500");
        await delivery.GetByTestId("show-body").ClickAsync();
        await Expect(card.GetByTestId("delivery-body")).ToContainTextAsync("webhook.test");
        await Expect(card).ToContainTextAsync("Answered 500");
        receiver.Answer = static _ => 204;
        await delivery.GetByTestId("replay").ClickAsync();
        await Expect(delivery).ToContainTextAsync("Delivered, 204");
        Assert.Single(receiver.Received.Select(static r => r.Id).Distinct());
        Assert.All(receiver.Received, r => Assert.True(StandardSignature.Matches(r, secret)));

        await page.ReloadAsync();
        await Expect(page.GetByTestId("webhook")).ToHaveCountAsync(1);
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByTestId("remove-webhook").ClickAsync();
        await page.GetByTestId("sure").ClickAsync();
        await Expect(page.GetByTestId("webhook")).ToHaveCountAsync(0);
        Assert.Empty((await silo.Get("/api/v1/webhooks"))["items"]!.AsArray());
    }
}
