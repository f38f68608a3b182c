# shellcheck shell=bash
# nginx that serves files and nothing else: what a read costs when nobody thinks. Expects bench.sh.
#   nginx_start     on a port of its own; its files are in $nginx_files
#   nginx_stop
: "${state_dir:=}"

nginx_start() {
  local directory=$state_dir/nginx
  { command -v nginx && command -v wrk; } >/dev/null ||
    fail "this comparison alone needs: apt-get install nginx-light wrk"
  nginx_files=$directory/html
  mkdir -p "$nginx_files" "$directory/tmp"
  nginx_port=$(free_port)
  cat >"$directory/nginx.conf" <<END
daemon off;
worker_processes 1;
pid $directory/nginx.pid;
error_log $state_dir/log/nginx.log;
$( ((EUID != 0)) || say 'user root;')
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100 inactive=10m;
  default_type application/json;
  client_body_temp_path $directory/tmp/body;
  proxy_temp_path $directory/tmp/proxy;
  fastcgi_temp_path $directory/tmp/fastcgi;
  uwsgi_temp_path $directory/tmp/uwsgi;
  scgi_temp_path $directory/tmp/scgi;
  server { listen 127.0.0.1:$nginx_port; root $nginx_files; }
}
END
  launch nginx - "$state_dir/log/nginx.log" nginx -p "$directory" -c "$directory/nginx.conf"
  # shellcheck disable=SC2034  # for those who count its CPU time
  nginx_pid=$!
  wait_for 10 port_busy "$nginx_port" || fail "nginx does not start; see $state_dir/log/nginx.log"
}

nginx_stop() { finish nginx TERM 5; }
