using Conclude.Api.Widget;

namespace Conclude.Silo;

/// <summary>The built widget, embedded in this assembly.</summary>
internal static class WidgetScriptResource
{
    private const string Name = "widget/v1.js";

    public static IServiceCollection AddWidgetScript(this IServiceCollection services)
    {
        using var resource = typeof(WidgetScriptResource).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException("The widget was not built into this program.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return services.AddSingleton(new WidgetScript(bytes.ToArray()));
    }
}
