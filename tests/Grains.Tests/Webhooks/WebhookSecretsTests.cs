using System.Text;
using Conclude.Grains.Webhooks;
using Conclude.Testing.Webhooks;

namespace Conclude.Grains.Tests.Webhooks;

/// <summary>Pure: signatures are those of the Standard Webhooks specification.</summary>
public sealed class WebhookSecretsTests
{
    /// <summary>The example that the scheme's own libraries are tested with.</summary>
    [Fact]
    public void The_known_example_has_the_known_signature()
    {
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var body = """{"test": 2432232314}"""u8.ToArray();
        var signed = WebhookSecrets.Sign([Secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signed);
        Assert.True(StandardSignature.Matches("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body, signed, Secret));
        Assert.False(StandardSignature.Matches("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265331", body, signed, Secret));
    }

    [Fact]
    public void While_a_secret_is_rotated_both_sign()
    {
        var now = DateTimeOffset.UnixEpoch;
        var (fresh, old) = (WebhookSecrets.Generate(), WebhookSecrets.Generate());
        var webhook = new Webhook { Id = "wh", Url = "", Events = WebhookEvents.None, CreatedAt = now, Secret = fresh, OldSecret = old, OldSecretUntil = now.AddHours(24) };
        var body = Encoding.UTF8.GetBytes("{}");
        foreach (var (at, both) in new[] { (now.AddHours(23.9), true), (now.AddHours(24), false) })
        {
            var header = WebhookSecrets.Sign(webhook.SecretsAt(at), "id", 1, body);
            Assert.Equal(both ? 2 : 1, header.Split(' ').Length);
            Assert.True(StandardSignature.Matches("id", "1", body, header, fresh));
            Assert.Equal(both, StandardSignature.Matches("id", "1", body, header, old));
        }
    }
}
