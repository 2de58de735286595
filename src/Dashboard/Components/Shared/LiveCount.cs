using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Conclude.Dashboard.Components.Shared;

/// <summary>
/// A live number's cell: digits only, and a short tint each time it moves. Drawn as a part of its row: a list holds hundreds of them, and
/// as components they cost more than all else of a drawing.
/// </summary>
internal sealed class LiveCount
{
    private readonly string _label;
    private readonly string? _testId;
    private readonly RenderFragment _cell;
    private long? _shown;
    private int _moves;

    public LiveCount(string label, string? testId = null) => (_label, _testId, _cell) = (label, testId, Draw);

    public RenderFragment Cell(long value)
    {
        if (_shown is { } shown && shown != value)
        {
            _moves++;
        }

        _shown = value;
        return _cell;
    }

    private void Draw(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "td");
        builder.AddAttribute(1, "class", _shown == 0 ? "num zero" : "num");
        builder.AddAttribute(2, "data-label", _label);
        builder.OpenElement(3, "span");

        // Two names of the same tint, in turn: another name is what begins it anew.
        builder.AddAttribute(4, "class", _moves == 0 ? null : (_moves & 1) == 1 ? "tick" : "tick again");
        builder.AddAttribute(5, "data-testid", _testId);
        builder.AddContent(6, _shown?.ToString(CultureInfo.InvariantCulture));
        builder.CloseElement();
        builder.CloseElement();
    }
}
