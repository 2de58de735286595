using Conclude.Dashboard.Settings;
using Conclude.Grains.Tenants;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that settings pass through the form unchanged, and that what cannot be read is said at its field.</summary>
public sealed class SettingsFormTests
{
    private static readonly WorkspaceSettings Some = new(
        ["https://app.acme.com", "http://localhost:3000"], RequireVerifiedIdentity: true, QuietPeriodHours: 36.25m, new Theme("#123456", "dark", "top-left"), RetentionDays: 90);

    [Fact]
    public void What_is_not_touched_is_read_as_it_was()
    {
        var (read, errors) = SettingsForm.Of(Some).Read();
        Assert.Empty(errors);
        Assert.True(SettingsForm.Same(Some, read));
        Assert.True(SettingsForm.Same(WorkspaceSettings.Default, SettingsForm.Of(WorkspaceSettings.Default).Read().Settings));
    }

    [Fact]
    public void Any_difference_is_one()
    {
        Assert.All(
            new[]
            {
                Some with { AllowedOrigins = ["https://app.acme.com"] },
                Some with { RequireVerifiedIdentity = false },
                Some with { QuietPeriodHours = 0 },
                Some with { Theme = Some.Theme with { Accent = "#123457" } },
                Some with { RetentionDays = null },
            },
            static other => Assert.False(SettingsForm.Same(Some, other)));
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("-1")]
    [InlineData("")]
    public void Hours_that_are_no_number_are_named(string typed)
    {
        var form = SettingsForm.Of(Some);
        form.QuietPeriodHours = typed;
        Assert.Equal(["quietPeriodHours"], form.Read().Errors.Keys);
    }

    [Fact]
    public void Origins_are_written_as_browsers_send_them_and_others_named()
    {
        var form = SettingsForm.Of(Some);
        form.AllowedOrigins = " https://App.Acme.com/ \n\nhttps://b.example:443\n";
        Assert.Equal(["https://app.acme.com", "https://b.example"], form.Read().Settings.AllowedOrigins);
        form.AllowedOrigins = "https://a.example/path";
        form.RetentionDays = "1.5";
        Assert.Equal(["allowedOrigins", "retentionDays"], form.Read().Errors.Keys);
    }
}
