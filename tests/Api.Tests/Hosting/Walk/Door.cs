namespace Conclude.Api.Tests.Hosting.Walk;

/// <summary>What lets a request in.</summary>
internal enum Door
{
    /// <summary>Open to everybody; asked with all credentials at once.</summary>
    Nobody,

    /// <summary>A publishable and a test key.</summary>
    Widget,

    /// <summary>A secret key.</summary>
    Management,

    /// <summary>A member's cookie.</summary>
    Browser,
}
