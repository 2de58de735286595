namespace Conclude.LocalEngine.Streams;

/// <summary>An observer of whatever type of event.</summary>
internal interface IStreamObserver
{
    Task DeliverAsync(StreamEvent streamEvent);
}
