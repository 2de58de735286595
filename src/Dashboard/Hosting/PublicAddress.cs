using Microsoft.Extensions.Configuration;

namespace Conclude.Dashboard.Hosting;

/// <summary>
/// Where people find this server, for links that are handed on. <c>Conclude:PublicUrl</c> says it; without it a page's own address stands in,
/// which is what the browser of whoever looks at it was told to open.
/// </summary>
public sealed class PublicAddress
{
    public const string Setting = "Conclude:PublicUrl";

    /// <exception cref="FormatException">The setting is no address of a server.</exception>
    public PublicAddress(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } set)
        {
            return;
        }

        if (!Uri.TryCreate(set, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            throw new FormatException($"{Setting} must be an address such as https://moments.example.com, without a path.");
        }

        Url = url.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>As it is set, without a slash at its end; null when it is not set.</summary>
    public string? Url { get; }

    /// <param name="page">The address of the page that shows the link, as <c>NavigationManager.BaseUri</c> has it.</param>
    /// <returns>An address that ends in a slash.</returns>
    public string Or(string page) => Url is null ? page : Url + "/";
}
