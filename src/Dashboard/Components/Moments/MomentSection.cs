using System.Collections.Immutable;
using Conclude.Dashboard.Moments;
using Microsoft.AspNetCore.Components;

namespace Conclude.Dashboard.Components.Moments;

/// <summary>A part of the drawer that edits some fields of its form. The drawer hears of every change by itself: events of the browser reach it after the part.</summary>
public abstract class MomentSection : ComponentBase
{
    [Parameter, EditorRequired]
    public required MomentForm Form { get; set; }

    /// <summary>By JSON field name.</summary>
    [Parameter, EditorRequired]
    public required ImmutableSortedDictionary<string, string> Errors { get; set; }

    protected string? Error(string field) => Errors.GetValueOrDefault(field);

    protected string? Invalid(string field) => Errors.ContainsKey(field) ? "true" : null;
}
