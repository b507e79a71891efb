vcl 4.1;

# Varnish 7 before the site: varnishd -a :6081 -f varnish.vcl -s malloc,1g
# To change: the machines that serve the site, and who may purge. `docs/operations.md` says how the site is told of it.

import directors;

# Two answers missed, and a machine is asked no more until three come again.
probe alive {
    .request = "GET /healthz HTTP/1.1" "Host: localhost" "Connection: close";
    .interval = 2s;
    .timeout = 3s;
    .window = 4;
    .threshold = 3;
    .initial = 4;
}

backend site {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = alive;
}

# Of several machines, each is a backend of its own with a line here.
sub vcl_init {
    new machines = directors.round_robin();
    machines.add_backend(site);
}

acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    set req.backend_hint = machines.backend();
    # What is noted here of a request is no reader's to say.
    if (req.restarts == 0) {
        unset req.http.X-Again;
        unset req.http.X-Failed;
    }
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
    # A page may be as old as it says while the site answers; older ones only help where it does not.
    if (req.restarts == 0) {
        set req.grace = 600s;
    } else {
        set req.grace = 1d;
    }
}

sub vcl_hash {
    # Over plain HTTP the site may answer with a redirect.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    set beresp.http.X-Address = bereq.url;
    if (beresp.status >= 500) {
        # A failure takes the place of nothing that is kept; it is sent where there is nothing.
        if (bereq.is_bgfetch) {
            return (abandon);
        }
        # What the site says on purpose (a search takes too long) it would say again, at the same price: it is sent.
        if (beresp.http.Cache-Control ~ "no-store") {
            set beresp.uncacheable = true;
        } else if (!bereq.http.X-Again && !bereq.uncacheable) {
            set bereq.http.X-Failed = "yes";
            return (error(503));
        }
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        return (deliver);
    }
    if (beresp.ttl > 0s && !beresp.uncacheable) {
        # For as long as the site is away; a purge ends it all the same.
        set beresp.grace = 1d;
        # Where it has not changed, the site says so without making it once more.
        set beresp.keep = 1d;
    }
}

sub vcl_backend_error {
    # A machine that has just gone: the next one is asked. What changes something is not sent twice.
    if (bereq.retries == 0 && !bereq.http.X-Failed && (bereq.method == "GET" || bereq.method == "HEAD")) {
        return (retry);
    }
}

sub vcl_deliver {
    # Where the site fails, what there is of a page is sent, whatever its age.
    if (resp.status >= 500 && req.restarts == 0 && !obj.uncacheable) {
        set req.http.X-Again = "yes";
        return (restart);
    }
    unset resp.http.X-Address;
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
}
