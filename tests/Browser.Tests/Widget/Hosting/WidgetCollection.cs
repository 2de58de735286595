namespace Conclude.Browser.Tests.Widget;

/// <summary>The tests that share one server.</summary>
[CollectionDefinition(Name)]
public sealed class WidgetCollection : ICollectionFixture<WidgetServer>
{
    public const string Name = "Widget";
}
