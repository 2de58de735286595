namespace Conclude.Api;

/// <summary>Where everything is.</summary>
internal static class ApiRoutes
{
    public const string Root = "/api";
    public const string Management = "/api/v1";
    public const string Widget = "/api/v1/widget";
    public const string Operator = Management + "/operator";
    public const string Moments = Management + "/moments";
}
