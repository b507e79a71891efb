vcl 4.1;

# Varnish 7 before the site: varnishd -a :6081 -f varnish.vcl -s malloc,1g
# To change: the backend below, and who may purge. `docs/operations.md` says how the site is told of it.

import std;

backend site {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = {
        .request = "GET /healthz HTTP/1.1" "Host: localhost" "Connection: close";
        .interval = 5s;
        .timeout = 3s;
        .initial = 8;
    }
}

acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # Varnish writes down who asks; a second address is a proxy's, which lets everybody in.
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") {
            return (synth(405, "Not allowed"));
        }
        # All pages at once. What lies under /static/ has its contents' hash in its name.
        ban("obj.http.X-Address !~ ^/static/");
        return (synth(200, "Purged"));
    }
    if (req.url ~ "^/(admin|preview)(/|\?|$)") {
        return (pass);
    }
    # Everybody's pages are the same for everybody.
    unset req.http.Cookie;
    # What advertisements and letters add to an address makes no other page.
    set req.url = regsuball(req.url, "([?&])((utm_[a-z]+|fbclid|gclid|mc_[ce]id)=[^&]*&?)+", "\1");
    set req.url = regsub(req.url, "[?&]$", "");
    # A page may be as old as it says, while the site answers; older ones only help where it does not.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 600s;
    }
}

sub vcl_hash {
    # Over plain HTTP the site may answer with a redirect.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    set beresp.http.X-Address = bereq.url;
    if (beresp.ttl > 0s && !beresp.uncacheable) {
        # For as long as the site is away; a purge ends it all the same.
        set beresp.grace = 1d;
        # Where it has not changed, the site says so without making it once more.
        set beresp.keep = 1d;
    }
}

sub vcl_deliver {
    unset resp.http.X-Address;
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
}
