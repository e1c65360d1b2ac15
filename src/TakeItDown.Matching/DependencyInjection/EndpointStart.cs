using System.ComponentModel;

namespace TakeItDown.Matching;

/// <summary>For a package that adds to endpoints, as <c>TakeItDown.Matching.AspNetCore</c> does; an application has no use for it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EndpointStart
{
    /// <summary>
    /// Called when a host has started, with its services; an exception stops the host. The same for every host: endpoints are mapped after the services
    /// were registered, so that it finds what it looks at among them. Null until an endpoint is to be scanned.
    /// </summary>
    public static Action<IServiceProvider>? Check { get; set; }
}
