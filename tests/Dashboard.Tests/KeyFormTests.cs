using Conclude.Dashboard.Settings;
using Conclude.Grains.Keys;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves that what is said of a key passes through its form unchanged, and that what cannot be read is said at its field.</summary>
public sealed class KeyFormTests
{
    private static readonly ApiKey Bare = ApiKeys.Record(ApiKeys.Generate(KeyKind.Publishable), DateTimeOffset.UnixEpoch);
    private static readonly ApiKey Full = Bare with { Name = "Web app", RequestsPerSecond = 1_200, AllowedOrigins = ["https://app.acme.com", "http://localhost:3000"] };

    [Fact]
    public void What_is_not_touched_is_read_as_it_was()
    {
        foreach (var key in new[] { Bare, Full })
        {
            var (edit, errors) = KeyForm.Of(key).Read();
            Assert.Empty(errors);
            Assert.True(KeyForm.Same(key, key with { Name = edit.Name, RequestsPerSecond = edit.RequestsPerSecond, AllowedOrigins = edit.AllowedOrigins }));
        }
    }

    [Fact]
    public void Any_difference_is_one() =>
        Assert.All([Full with { Name = null }, Full with { RequestsPerSecond = 5 }, Full with { AllowedOrigins = ["https://app.acme.com"] }], static other => Assert.False(KeyForm.Same(Full, other)));

    [Fact]
    public void What_is_taken_away_is_none()
    {
        var form = KeyForm.Of(Full);
        (form.Name, form.RequestsPerSecond, form.AllowedOrigins) = ("  ", " ", "\n");
        var (edit, errors) = form.Read();
        Assert.Empty(errors);
        Assert.Equal((null, null, 0), (edit.Name, edit.RequestsPerSecond, edit.AllowedOrigins.Length));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("100001")]
    [InlineData("many")]
    public void What_is_no_rate_is_named(string typed)
    {
        var form = KeyForm.Of(Full);
        form.RequestsPerSecond = typed;
        Assert.Equal(["requestsPerSecond"], form.Read().Errors.Keys);
    }

    [Fact]
    public void What_is_no_name_and_no_origin_is_named()
    {
        var form = KeyForm.Of(Bare);
        form.Name = "two\nlines";
        form.AllowedOrigins = "https://a.example/path";
        Assert.Equal(["allowedOrigins", "name"], form.Read().Errors.Keys);
        form.Name = new string('x', ApiKey.MaxName + 1);
        form.AllowedOrigins = string.Join('\n', Enumerable.Range(0, 101).Select(static n => $"https://a{n}.example"));
        Assert.Equal(["allowedOrigins", "name"], form.Read().Errors.Keys);
    }
}
